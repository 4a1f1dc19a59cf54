using NewsWatch.Fetching.Hosts;

namespace NewsWatch.Tests.Fetching;

public sealed class HostRateLimiterTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Start = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private readonly HostRateLimiter _gate = new(Gap);

    [Fact]
    public void One_at_a_time_and_a_gap_between_two()
    {
        Assert.Null(_gate.TryEnter("a.example.com", "one", Start));
        Assert.NotNull(_gate.TryEnter("A.example.com", "two", Start));

        _gate.Leave("a.example.com", Start.AddSeconds(5));

        Assert.NotNull(_gate.TryEnter("a.example.com", "two", Start.AddSeconds(5.9)));
        Assert.Null(_gate.TryEnter("a.example.com", "two", Start.AddSeconds(6)));
    }

    [Fact]
    public void A_clock_that_is_set_back_keeps_nobody_waiting_until_the_old_time_comes_again()
    {
        Assert.Null(_gate.TryEnter("a.example.com", "one", Start));
        Assert.NotNull(_gate.TryEnter("a.example.com", "two", Start));
        _gate.Leave("a.example.com", Start);

        Assert.Null(_gate.TryEnter("a.example.com", "three", Start.AddDays(-1)));
    }

    [Fact]
    public void A_poll_waits_for_one_page_of_its_host_not_for_all_that_wait()
    {
        var due = Enumerable.Range(0, 50).ToDictionary(n => $"page-{n:00}", _ => Start);
        var entered = new List<string>();
        for (var now = Start; entered.Count < 52; now += Gap / 2)
        {
            if (now == Start + Gap)
            {
                (due["feed-1"], due["feed-2"]) = (now, now);
            }

            foreach (var one in due.Where(pair => pair.Value <= now).OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList())
            {
                if (_gate.TryEnter("a.example.com", one, now, isPage: one.StartsWith("page", StringComparison.Ordinal)) is { } again)
                {
                    due[one] = again;
                    continue;
                }

                entered.Add(one);
                due.Remove(one);
                _gate.Leave("a.example.com", now);
            }
        }

        Assert.Equal(["page-00", "page-01", "feed-1", "feed-2", "page-02"], entered[..5]);
    }

    [Fact]
    public void Hosts_do_not_wait_for_each_other()
    {
        Assert.Null(_gate.TryEnter("a.example.com", "one", Start));
        Assert.Null(_gate.TryEnter("b.example.com", "two", Start));
    }

    [Fact]
    public void Two_hundred_sources_of_one_host_go_one_by_one_in_their_order()
    {
        var due = Enumerable.Range(0, 200).ToDictionary(n => $"source-{n:000}", _ => Start);
        var entered = new List<(string Source, DateTimeOffset At)>();
        for (var now = Start; entered.Count < 200; now += Gap / 2)
        {
            foreach (var source in due.Where(pair => pair.Value <= now).OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList())
            {
                if (_gate.TryEnter("a.example.com", source, now) is { } again)
                {
                    due[source] = again;
                    continue;
                }

                entered.Add((source, now));
                due.Remove(source);
                _gate.Leave("a.example.com", now);
            }
        }

        Assert.Equal(entered.Select(entry => entry.Source).Order(), entered.Select(entry => entry.Source));
        Assert.All(entered.Zip(entered.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= Gap));
        Assert.True(entered[^1].At - Start < TimeSpan.FromSeconds(250));
    }

    [Fact]
    public void Who_has_waited_is_not_overtaken()
    {
        _gate.TryEnter("a.example.com", "first", Start);
        var again = _gate.TryEnter("a.example.com", "waiting", Start);
        _gate.Leave("a.example.com", Start);

        Assert.NotNull(_gate.TryEnter("a.example.com", "newcomer", Start.AddSeconds(1)));
        Assert.Null(_gate.TryEnter("a.example.com", "waiting", again!.Value));
    }

    [Fact]
    public void At_a_host_that_cannot_keep_up_nobody_starves()
    {
        var due = Enumerable.Range(0, 12).ToDictionary(n => $"source-{n:00}", _ => Start);
        var polls = due.Keys.ToDictionary(source => source, _ => 0);
        for (var now = Start; now < Start.AddMinutes(4); now += Gap)
        {
            foreach (var source in due.Where(pair => pair.Value <= now).OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList())
            {
                var again = _gate.TryEnter("a.example.com", source, now);
                due[source] = again ?? now + (10 * Gap);
                if (again is null)
                {
                    polls[source]++;
                    _gate.Leave("a.example.com", now.AddMilliseconds(50));
                }
            }
        }

        Assert.InRange(polls.Values.Max() - polls.Values.Min(), 0, 1);
    }

    [Fact]
    public void Who_never_comes_again_holds_nobody_up_for_long()
    {
        _gate.TryEnter("a.example.com", "first", Start);
        var told = _gate.TryEnter("a.example.com", "removed", Start)!.Value;
        _gate.TryEnter("a.example.com", "patient", Start);
        _gate.Leave("a.example.com", Start);

        Assert.NotNull(_gate.TryEnter("a.example.com", "patient", told.AddSeconds(9)));
        Assert.Null(_gate.TryEnter("a.example.com", "patient", told.AddSeconds(11)));
    }
}
