namespace NewsWatch.Tests.Simulation;

/// <summary>The simulated process is no more; what was committed stays, the rest is gone.</summary>
internal sealed class ProcessDied() : Exception("the process died");
