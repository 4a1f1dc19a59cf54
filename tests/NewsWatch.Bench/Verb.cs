namespace NewsWatch.Bench;

/// <summary>One measuring verb.</summary>
/// <param name="Usage">Its arguments.</param>
/// <param name="About">What it measures, in one line.</param>
/// <param name="Run">Runs it; the answer is the exit code.</param>
internal sealed record Verb(string Usage, string About, Func<string[], Task<int>> Run);
