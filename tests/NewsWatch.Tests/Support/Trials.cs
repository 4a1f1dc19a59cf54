namespace NewsWatch.Tests.Support;

/// <summary>What came of a trial.</summary>
internal abstract record TrialResult
{
    private TrialResult()
    {
    }

    /// <summary>It ran.</summary>
    /// <param name="Figure">What was measured.</param>
    /// <param name="Goal">What is promised.</param>
    /// <param name="Held">True when the figure keeps the promise.</param>
    public sealed record Measured(string Figure, string Goal, bool Held) : TrialResult;

    /// <summary>It cannot run here.</summary>
    /// <param name="Why">What is missing.</param>
    public sealed record Skipped(string Why) : TrialResult;
}

/// <summary>One promise, tried against the running program.</summary>
/// <param name="Name">A short name to choose it by.</param>
/// <param name="Promise">The promise in plain words.</param>
internal sealed record Trial(string Name, string Promise, Func<CancellationToken, Task<TrialResult>> RunAsync)
{
    /// <summary>True for a trial that mostly waits: all of these run beside the others.</summary>
    public bool Waits { get; init; }

    /// <summary>How long it may take before it counts as failed.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(4);
}

/// <summary>Runs trials and prints one line for each.</summary>
internal sealed class TrialRun
{
    private readonly IReadOnlyList<Trial> _trials;
    private readonly TextWriter _output;

    /// <summary>Takes the trials that there are.</summary>
    /// <exception cref="ArgumentException">Two trials have one name.</exception>
    public TrialRun(IReadOnlyList<Trial> trials, TextWriter output)
    {
        (_trials, _output) = (trials, TextWriter.Synchronized(output));
        if (trials.CountBy(trial => trial.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"Two trials are named {twice}.", nameof(trials));
        }
    }

    /// <summary>Runs the named trials, or all; returns 0, 1 when a promise is not held or a trial failed, 2 for a name that is none.</summary>
    public async Task<int> RunAsync(IReadOnlyCollection<string> names)
    {
        if (names.Except(_trials.Select(trial => trial.Name)).ToList() is { Count: > 0 } unknown)
        {
            await _output.WriteLineAsync($"No trial is named {string.Join(", ", unknown)}. There are: {string.Join(", ", _trials.Select(trial => trial.Name))}");
            return 2;
        }

        var chosen = _trials.Where(trial => names.Count == 0 || names.Contains(trial.Name)).ToList();
        var waiting = chosen.Where(trial => trial.Waits).Select(TryAsync).ToList();
        var good = true;
        foreach (var trial in chosen.Where(trial => !trial.Waits))
        {
            good &= await TryAsync(trial);
        }

        good &= (await Task.WhenAll(waiting)).All(held => held);
        return good ? 0 : 1;
    }

    private async Task<bool> TryAsync(Trial trial)
    {
        using var limit = new CancellationTokenSource(trial.Limit);
        try
        {
            var result = await trial.RunAsync(limit.Token);
            var (word, text) = result switch
            {
                TrialResult.Measured { Held: true } held => ("held", $"{held.Figure} (goal: {held.Goal})"),
                TrialResult.Measured missed => ("NOT HELD", $"{missed.Figure} (goal: {missed.Goal})"),
                TrialResult.Skipped skipped => ("skipped", skipped.Why),
                _ => throw new InvalidOperationException($"{result} is no result of a trial"),
            };
            await TellAsync(word, trial, text);
            return word != "NOT HELD";
        }
#pragma warning disable CA1031 // whatever ends a trial is told, and the others go on
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await TellAsync("FAILED", trial, failure is OperationCanceledException ? $"not over within {trial.Limit.TotalSeconds:0} s" : failure.Message.ReplaceLineEndings(" | "));
            return false;
        }
    }

    private Task TellAsync(string word, Trial trial, string text) => _output.WriteLineAsync($"{word,-8}  {trial.Name,-22}  {trial.Promise}: {text}");
}
