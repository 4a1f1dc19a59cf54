using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>What the world may do to the service, and what is promised all the same.</summary>
internal static class WorldTrials
{
    /// <summary>All trials, within 12 minutes on a quiet machine; those whose times matter most are last, when none that waits is left.</summary>
    public static IReadOnlyList<Trial> All(BadSources bad) =>
    [
        new("late-dot", "a mail server that answers the final dot after 75 s gets one copy", MailServers.LateDotAsync) { Waits = true },
        new("greylisting", "greylisting of 60 s delays a mail by little more", MailServers.GreylistAsync) { Waits = true, Limit = TimeSpan.FromMinutes(6) },
        new("ten-a-minute", "a mail server that takes 10 messages a minute gets all it can take", MailServers.TenAMinuteAsync) { Waits = true, Limit = TimeSpan.FromMinutes(9) },
        new("pause", "a pause of 40 s (SIGSTOP) with mails in flight repeats and loses nothing", InFlight.PauseAsync) { Waits = true },
        new("clock-step", "a clock that steps by 6 min with mails in flight repeats and loses nothing", InFlight.ClockStepAsync) { Waits = true },
        new("clock-ahead", "a clock that is two days ahead drops no news, and is named", ClockAhead.RunAsync) { Waits = true },
        new("disk-full", "a full disk stops nothing for good, and is named", DiskFull.RunAsync) { Waits = true },
        new("digest", "every alert of a digest is named with its link, over every channel", DigestNames.RunAsync) { Waits = true },
        new("server-returns", "a mail server that comes back gets what waits at once", MailServers.ReturnsAsync) { Waits = true },
        new("dead-address", "a name with a dead IPv6 address and a good IPv4 address is polled", PrivateNetwork.DeadAddressAsync) { Waits = true },
        new("second-run", "a second run on one database ends before it touches anything", InFlight.SecondRunAsync),
        new("two-connections", "a mail server that allows 2 connections gets all it can take", MailServers.TwoConnectionsAsync),
        new("closes-after-each", "a mail server that closes after each message gets all it can take", MailServers.ClosesAfterEachAsync),
        new("one-word-sentences", "an item of 1 MB of one-word sentences delays nobody else", HostileNews.OneWordSentencesAsync),
        new("half-alike", "2,000 half-alike titles with one link delay nobody else", HostileNews.HalfAlikeAsync),
        new("uploads", "100 uploads of 15 MiB that nobody may make take no memory", BadSources.UploadsAsync),
        new("memory", "pages and feeds that are large in memory neither end the process nor delay others", bad.MemoryAsync) { Limit = TimeSpan.FromMinutes(6) },
        new("hanging", "750 sources that never answer delay no other", bad.HangingAsync) { Limit = TimeSpan.FromMinutes(6) },
        new("unresolved", "200 names that never resolve delay no other, nor health", bad.UnresolvedAsync) { Limit = TimeSpan.FromMinutes(6) },
        new("sends-while-deciding", "sends do not wait for 2,000 news that are decided", Load.SendsWhileDecidingAsync),
        new("ramp", "400 news a second are decided, and flash alerts leave at once", Load.RampAsync),
    ];
}
