using NewsWatch.Backtest;
using NewsWatch.Cli;
using NewsWatch.Cli.Output;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

/// <summary>What <c>backtest</c> prints, and the line that shows how far it is.</summary>
public sealed class BacktestTextTests
{
    private static readonly DateTimeOffset Noon = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    private static readonly BacktestResult Some = new()
    {
        Level = BacktestLevel.Alerts,
        Rule = null,
        Window = new(Noon.AddDays(-30), Noon, 12_345, 11_000, Kept: 12, Lost: 3, ["7762d5a3b1c2"]),
        Candidate = new("draft", 60, 14, 9, 14, new Dictionary<VerdictReason, int> { [VerdictReason.SameStory] = 46 }),
        Baseline = new("7762d5a3b1c2", 80, 41, 23, 41, new Dictionary<VerdictReason, int>()),
        Difference = new(3, 30, 11),
        Rules = [new("sanctions", new(70, 39, 21, 9), new(50, 13, 8, 4), new(3, 29, 10)), new("old", new(10, 2, 2, 1), null, new(0, 1, 1)), new("fresh", null, new(0, 0, 0, 0), new(0, 0, 0))],
        Days = [new(new(2025, 8, 6), 4, 1)],
        Sources = [new("wire", 14)],
        Languages = [new("en", 14)],
        Hours = new int[24],
        Terms = [new("sanction~", 9)],
        Subscribers = [new("anna", new(30, 1, 6, new Dictionary<VerdictOutcome, int>()), new(12, 0.4, 2, new Dictionary<VerdictOutcome, int> { [VerdictOutcome.Send] = 11, [VerdictOutcome.Cap] = 3 }))],
        Sent = new(41, 0, 0, [], []),
        Samples =
        [
            new(SampleKind.New, "sanctions", AlertReason.FirstReport, 9, 9, Noon, "wire", "https://wire.example.com/9", "Sanctions on tin", [new(Field.Title, "Sanctions on tin", [new(0, 9, false)]), new(Field.Body, "New \u001b[31msanctions begin.", [new(9, 9, false)])], "missing copper"),
            new(SampleKind.Gone, "sanctions", AlertReason.Update, 8, 8, Noon.AddHours(-2), "paper", "https://paper.example.com/8", "A long look at old sanctions on copper", [], "missing #sanctions within 10 words of tin"),
            new(SampleKind.Same, "old", AlertReason.FirstReport, 7, 7, Noon.AddDays(-1), "wire", "https://wire.example.com/7", "Tin", [], ""),
        ],
    };

    [Theory]
    [InlineData(null, "backtest.txt")]
    [InlineData(60, "backtest-narrow.txt")]
    public void A_backtest_reads_as_approved(int? width, string file) => Snapshot.Approved(BacktestText.Of(Some, TimeText.Utc, new Ink(on: false), width), file);

    [Fact]
    public void What_differs_from_what_was_sent_is_said()
    {
        var text = BacktestText.Of(Some with { Sent = new(41, 2, 1, ["a", "b"], ["c"]), Window = Some.Window with { Configurations = ["one", "two"] } }, TimeText.Utc, new Ink(on: false), null);

        Assert.Contains("41 alerts were sent; of them what it is compared with lacks 2 and adds 1. 2 configurations were in force in that time.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_article_says_cannot_colour_the_terminal()
    {
        Assert.DoesNotContain('\u001b', BacktestText.Of(Some, TimeText.Utc, new Ink(on: false), null));
        Assert.Contains("\u001b[33mmissing copper\u001b[0m", BacktestText.Of(Some, TimeText.Utc, new Ink(on: true), null), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_window_is_said_and_nothing_else() => Assert.Equal(
        "The archive has no reading of that time.\n", BacktestText.Of(Some with { Window = new(null, null, 0, 0, 0, 0, []) }, TimeText.Utc, new Ink(on: false), null));

    [Fact]
    public void The_progress_says_how_much_is_done_and_how_long_the_rest_takes()
    {
        var (output, clock) = (new StringWriter(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        var line = new ProgressLine(output, clock);

        clock.Advance(TimeSpan.FromSeconds(3));
        line.Show(250, 1_000, "readings");
        line.Show(300, 1_000, "readings"); // too soon for another line
        line.Clear();

        Assert.Equal("\r[######                  ]  25%  250 of 1,000 readings, 9 s left \u001b[K\r\u001b[K", output.ToString());
    }

    [Fact]
    public void Into_a_file_no_progress_is_written() => new ProgressLine(null, TimeProvider.System).Show(1, 2, "readings");

    [Theory]
    [InlineData("new>2", true)]
    [InlineData("new>3", false)]
    [InlineData("gone > 29", true)]
    [InlineData("alerts>14", false)]
    [InlineData("mails>0", true)]
    public void A_limit_is_compared_with_the_result(string limit, bool isOver) => Assert.Equal(isOver, FailIf.Parse(limit)!.IsOver(Some));

    [Theory]
    [InlineData("new")]
    [InlineData("new>")]
    [InlineData("new>-1")]
    [InlineData("old>1")]
    public void What_is_no_limit_is_refused(string text) => Assert.Null(FailIf.Parse(text));

    [Fact]
    public void Warnings_name_rules_and_subscribers_that_grow_and_rules_that_find_nothing()
    {
        var grown = Some with
        {
            Rules = [new("sanctions", new(9, 9, 9, 1), new(61, 61, 40, 12), new(52, 0, 9)), new("quiet", new(1, 1, 1, 1), new(0, 0, 0, 0), new(0, 1, 0)), new("usual", new(20, 20, 20, 2), new(30, 30, 30, 3), new(10, 0, 20))],
            Subscribers = [new("anna", new(10, 0.3, 2, new Dictionary<VerdictOutcome, int>()), new(61, 2, 12, new Dictionary<VerdictOutcome, int>()))],
        };

        Assert.Equal(
            [
                "Rules.sanctions  would have alerted 61 times since 2025-07-07 12:00 UTC (before: 9)",
                "Rules.quiet  no article since 2025-07-07 12:00 UTC matches",
                "Subscribers.anna  would get 2.0 mails a day (before: 0.3), 12 on the fullest day; the cap is 20 in 1 h",
            ],
            BacktestWarnings.Of(grown, SomeWatch.Default));
    }

    [Fact]
    public async Task A_command_that_is_stopped_has_no_result()
    {
        await using var test = new TestDatabase();

        Assert.Null(await BacktestCommand.RunAsync(test.Database, new(SomeWatch.Default), new CancellationToken(canceled: true)));
    }
}
