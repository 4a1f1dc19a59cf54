using NewsWatch.Backtest;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Tests.Backtest;

/// <summary>What one side of a backtest alone has is counted however much it is, and only samples of it are held.</summary>
public sealed class OneSidedTests
{
    [Fact]
    public void Two_of_a_kind_are_taken_away_by_two_and_no_third()
    {
        var side = new OneSided(maxHeld: 5);
        side.Add(Key(1), Event(1));
        side.Add(Key(1), Event(2));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => side.Remove(Key(1))));
        Assert.Empty(side.Newest);
    }

    [Fact]
    public void The_newest_are_held_and_what_was_taken_away_is_no_sample()
    {
        var side = new OneSided(maxHeld: 3);
        for (var number = 1; number <= 1_000; number++)
        {
            side.Add(Key(number), Event(number));
        }

        Assert.True(side.Remove(Key(1_000)));
        Assert.True(side.Remove(Key(1)));
        Assert.Equal([999, 998, 997], side.Newest.Select(held => held.Reading));
    }

    private static (string Rule, long Story, AlertReason? Reason) Key(long story) => ("ceasefire", story, AlertReason.FirstReport);

    private static ReplayedEvent Event(long reading) => new(reading, "ceasefire", AlertReason.FirstReport, null);
}
