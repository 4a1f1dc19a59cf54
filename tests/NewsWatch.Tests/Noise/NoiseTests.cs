using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Noise;
using NewsWatch.Storage.Alerts;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Noise;

/// <summary>What rules cost their readers, over a service that told news and readers who answered.</summary>
public sealed class NoiseTests
{
    private static readonly DateTimeOffset Long = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Fires_stories_alerts_and_answers_are_counted_and_a_rule_that_matches_nothing_is_named()
    {
        await using var world = await ToldAsync();

        var report = Read(world);

        var (numbers, budget, terms) = Assert.Single(report.Rules);
        Assert.Equal(("market", 7, 7, 7, 7, 7, 2, 4, 1), (numbers.Rule, numbers.Fires, numbers.Stories, numbers.Alerts, numbers.Deliveries / 2, numbers.Answered, numbers.Useful, numbers.NotUseful, numbers.Known));
        Assert.Equal((5, 1, 7), (budget!.Budget.Count, budget.Over, budget.Fullest));
        Assert.Equal("strike", Assert.Single(terms).Term);
        Assert.Equal(["quiet"], report.Silent);
        Assert.Contains("\"strike\": not useful in 4 of 4, without it in 0 of 3", NoiseText.Of(report, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tightening_says_what_would_go_and_what_useful_alert_with_it()
    {
        await using var world = await ToldAsync();

        var proposed = await Tightening.ProposeAsync(world.Database, world.Configuration, "market", "strike", Long, world.Clock.GetUtcNow().AddMinutes(1), CancellationToken.None);

        Assert.Equal(["\"strike price\"", "\"strike\""], proposed.Select(one => one.Unless));
        Assert.All(proposed, one => Assert.Equal((7, 4, 4, 0), (one.Alerts, one.Gone, one.GoneNotUseful, one.GoneUseful)));
        Assert.Equal(["7"], world.Ask("SELECT count(*) FROM alert"));
    }

    [Fact]
    public async Task Two_rules_that_alert_of_the_same_stories_overlap_from_ten_on()
    {
        await using var world = await HostileWorld.OpenAsync();
        Use(world, SomeWatch.Rule("harbour", "harbour"), SomeWatch.Rule("pier", "pier"));
        for (var number = 0; number < 9; number++)
        {
            await world.TellAsync($"Harbour opens pier {number}");
        }

        var nine = Read(world).Overlaps;
        await world.TellAsync("Harbour closes pier 10");
        await world.TellAsync("Harbour is quiet");

        Assert.Empty(nine);
        Assert.Equal(new RuleOverlap("harbour", "pier", 10, 11, 10), Assert.Single(Read(world).Overlaps));
    }

    [Fact]
    public async Task The_operator_hears_once_a_day_of_a_rule_over_its_budget_and_every_alert_goes()
    {
        await using var world = await ToldAsync();
        var watch = world.Get<BudgetWatch>();

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.SettleAsync();

        Assert.Single(world.Mail.Mails, mail => mail.Message.Subject == "[NewsWatch] Rule market is over its budget");
        Assert.Equal(7, world.Told.Count);
        Assert.Contains("newswatch_rules_over_budget 1", world.MetricsPage(), StringComparison.Ordinal);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await watch.LookAsync(CancellationToken.None);
        Assert.Contains("newswatch_rules_over_budget 0", world.MetricsPage(), StringComparison.Ordinal);
    }

    private static NoiseReport Read(HostileWorld world) => world.Database.Read(db => NoiseReport.Read(db, world.Configuration, null, world.Clock.GetUtcNow().AddDays(-30), world.Clock.GetUtcNow().AddMinutes(1)));

    /// <summary>Seven alerts: four of a price, which Anna calls not useful; three of a walkout, which help or are known.</summary>
    private static async Task<HostileWorld> ToldAsync()
    {
        var world = await HostileWorld.OpenAsync();
        Use(world, SomeWatch.Rule("market", "strike OR walkout") with { Budget = new(5, TimeSpan.FromDays(1)) }, SomeWatch.Rule("quiet", "nothing"));
        string[] news = ["Analysts see strike price of 40 for oil", "Dock walkout begins", "New strike price for gas", "Rail walkout ends", "Strike price of wheat moves", "Walkout at the mint", "Banks doubt strike price of copper"];
        for (var number = 0; number < news.Length; number++)
        {
            await world.TellAsync(news[number]);
            var verdict = number % 2 == 0 ? FeedbackVerdict.NotUseful : number == 1 ? FeedbackVerdict.Known : FeedbackVerdict.Useful;
            await world.Database.WriteAsync(db => FeedbackStore.Give(db, number + 1, "anna", verdict, world.Clock.GetUtcNow()));
        }

        return world;
    }

    private static void Use(HostileWorld world, params WatchRule[] rules) => world.Configure(watch => watch with
    {
        Rules = rules.ToDictionary(rule => rule.Id),
        RuleSet = RuleSet.Compile([.. rules.Select(rule => rule.Rule)], watch.Vocabulary),
    });
}
