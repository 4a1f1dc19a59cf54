using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Simulation;

/// <summary>Thirty days of a small world with everything that goes wrong in one, all of it a function of the seed; then peace until nothing waits.</summary>
internal sealed class Month : IAsyncDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(30);
    private readonly TestDatabase _test;
    private readonly IMeterFactory _meters;
    private readonly Random _chance;
    private readonly List<(DateTimeOffset At, Newspaper Paper, Happening About)> _planned = [];

    /// <summary>The month of a seed.</summary>
    /// <param name="database">Where it happens, gone afterwards; null for a file.</param>
    public Month(int seed, IMeterFactory meters, TestDatabase? database = null)
    {
        _test = database ?? new(losesCommitsOnPowerFailure: true);
        (_chance, _meters) = (new Random(seed), meters);
        Mailbox = new(_chance);
        Papers = [.. new[] { "wire", "gatherer", "paper" }.Select(id => new Newspaper(id, _chance))];
        Service = new(_test.Database, Watch, Clock, Mailbox, _chance);
    }

    public static Subscriber Anna { get; } = SomeWatch.Anna with
    {
        Cap = new(5, TimeSpan.FromHours(6)),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        QuietHours = new(new(22, 0), new(6, 30), Severity.Flash),
    };

    public static Subscriber Room { get; } = new() { Id = "room", Channel = "hook", Cap = new(10_000, TimeSpan.FromHours(1)) };

    public static WatchConfiguration Watch { get; } = SomeWatch.Of(
        [SomeWatch.Wire, SomeWatch.Paper, SomeWatch.Paper with { Id = "gatherer", Url = "https://gatherer.example.com/rss" }],
        [SomeWatch.Ceasefire],
        [Anna, Room]);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 10, 20, 0, 0, 0, TimeSpan.Zero));

    public Mailbox Mailbox { get; }

    public IReadOnlyList<Newspaper> Papers { get; }

    public List<Happening> Happenings { get; } = [];

    public SimulatedService Service { get; }

    public async Task LiveAsync()
    {
        Burst(12);
        await Service.StartAsync(_meters);
        for (var end = Clock.GetUtcNow() + Length; Clock.GetUtcNow() < end;)
        {
            World();
            await RoundAsync();
            Clock.Advance(TimeSpan.FromMinutes(_chance.Next(20) == 0 ? 1 : _chance.Next(240, 1080)));
        }

        (Service.MayDie, Mailbox.AtRest) = (false, true);
        for (var hour = 0; hour < 24 * 3; hour += 8)
        {
            await RoundAsync();
            Clock.Advance(TimeSpan.FromHours(8));
        }
    }

    /// <summary>Lives, and tells what was sent: when, under which name, about which alerts.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync()
    {
        await LiveAsync();
        return [.. Mailbox.Arrivals.Select(arrival => $"{arrival.At:O} {arrival.Bundle} {string.Join(',', arrival.AlertKeys)}")];
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    /// <summary>One round of everything; a process that dies is followed by another one.</summary>
    private async Task RoundAsync()
    {
        try
        {
            foreach (var paper in Papers)
            {
                await PollAsync(paper);
            }

            await Service.ProcessAsync();
            await Service.DeliverAsync();
        }
        catch (ProcessDied)
        {
            await Service.StartAsync(_meters);
        }
    }

    private async Task PollAsync(Newspaper paper)
    {
        var answer = paper.Answer();
        var first = await Service.PollAsync(paper.Id, answer);
        paper.Polled(answer);
        if (answer is not NewsWatch.Polling.Sources.PollResult.Updated)
        {
            return;
        }

        foreach (var entry in paper.Shown)
        {
            if (first)
            {
                entry.About.WasBaseline = true;
            }
            else if (entry.Published is null || Clock.GetUtcNow() - entry.Published < Watch.Defaults.MaxAge)
            {
                entry.About.WasSeen = true;
            }
        }
    }

    private void World()
    {
        Mailbox.Live();
        foreach (var (_, paper, about) in Take(Clock.GetUtcNow()))
        {
            paper.Report(about, Clock.GetUtcNow());
        }

        var happen = _chance.Next(60) == 0 ? _chance.Next(6, 11) : _chance.Next(3);
        Burst(happen);
        foreach (var paper in Papers)
        {
            paper.Live(Clock.GetUtcNow());
        }
    }

    private void Burst(int count)
    {
        for (var one = 0; one < count; one++)
        {
            var happening = new Happening(Happenings.Count + 1, _chance.Next(3) > 0, Clock.GetUtcNow()) { IsOld = _chance.Next(15) == 0 };
            Happenings.Add(happening);
            Papers[0].Report(happening, Clock.GetUtcNow());
            if (!happening.IsOld && _chance.Next(2) == 0)
            {
                _planned.Add((Clock.GetUtcNow().AddMinutes(_chance.Next(360)), Papers[_chance.Next(1, 3)], happening));
            }
        }
    }

    private List<(DateTimeOffset At, Newspaper Paper, Happening About)> Take(DateTimeOffset now)
    {
        var due = _planned.Where(report => report.At <= now).ToList();
        _planned.RemoveAll(report => report.At <= now);
        return due;
    }
}
