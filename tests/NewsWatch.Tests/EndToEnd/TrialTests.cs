using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>What runs the trials against the built program says what came of each, and says it by its exit code.</summary>
public sealed class TrialTests
{
    private static readonly TrialResult Held = new TrialResult.Measured("1 of 1", "1", Held: true);
    private static readonly TrialResult Missed = new TrialResult.Measured("0 of 1", "1", Held: false);

    [Fact]
    public async Task Each_trial_is_named_once_with_figure_and_goal()
    {
        var (exit, lines) = await RunAsync([Trial("one", Held), Trial("two", Held) with { Waits = true }, Trial("three", new TrialResult.Skipped("no such library"))]);

        Assert.Equal(0, exit);
        Assert.Equal(["one", "three", "two"], lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Order());
        Assert.Contains(lines, line => line.StartsWith("held", StringComparison.Ordinal) && line.EndsWith("promise of one: 1 of 1 (goal: 1)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.EndsWith("no such library", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_promise_that_is_not_held_ends_with_1()
    {
        var (exit, lines) = await RunAsync([Trial("one", Missed), Trial("two", Held)]);

        Assert.Equal(1, exit);
        Assert.StartsWith("NOT HELD  one", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_does_not_start_fails_its_trial_with_its_words()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-trial-").FullName;
        var (exit, lines) = await RunAsync([new("one", "it starts", async cancellation =>
        {
            await using var service = await LiveService.StartAsync(folder, cancellation);
            return Held;
        })]);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, exit);
        Assert.StartsWith("FAILED    one", lines[0], StringComparison.Ordinal);
        Assert.Contains("newswatch did not start (exit code 78)", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_trials_that_were_named_are_run()
    {
        Assert.Single((await RunAsync([Trial("one", Held), Trial("two", Missed)], "one")).Lines);
        Assert.Equal(2, (await RunAsync([Trial("one", Held)], "none")).Exit);
    }

    [Fact]
    public void Two_trials_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new TrialRun([Trial("one", Held), Trial("one", Held)], TextWriter.Null));

    [Fact]
    public void A_program_without_its_dependencies_beside_it_is_none()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-trial-").FullName;
        File.WriteAllText(Path.Combine(folder, "newswatch.dll"), "");
        File.WriteAllText(Path.Combine(folder, "newswatch.runtimeconfig.json"), "");
        Assert.Throws<NotStartedException>(() => ServiceProgram.Find(folder));

        File.WriteAllText(Path.Combine(folder, "newswatch.deps.json"), "");
        Assert.Equal(Path.Combine(folder, "newswatch.dll"), ServiceProgram.Find(folder));
        Directory.Delete(folder, recursive: true);
    }

    private static Trial Trial(string name, TrialResult result) => new(name, $"promise of {name}", _ => Task.FromResult(result));

    private static async Task<(int Exit, List<string> Lines)> RunAsync(IReadOnlyList<Trial> trials, params string[] names)
    {
        await using var output = new StringWriter();
        var exit = await new TrialRun(trials, output).RunAsync(names);
        return (exit, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
