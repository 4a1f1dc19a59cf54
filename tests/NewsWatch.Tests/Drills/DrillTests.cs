using CsCheck;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Drills;
using NewsWatch.Silences;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Drills;

/// <summary>Marked articles on the way of all articles, through the whole service.</summary>
public sealed class DrillTests
{
    private static readonly TimeZoneInfo Kyiv = TimeZoneInfo.FindSystemTimeZoneById("Europe/Kyiv");

    [Fact]
    public async Task A_drill_over_mail_and_webhook_passes_and_each_step_is_timed()
    {
        await using var world = await OpenAsync();

        var id = await BeginAsync(world);
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.SettleAsync();
        await world.Get<DrillWatch>().LookAsync(CancellationToken.None);

        var (drill, messages) = world.Database.Read(db => (DrillStore.Find(db, id)!, DrillStore.Messages(db, id)));
        Assert.Equal((DrillOutcome.Passed, "hook to ops@example.com after 2.0 s, mail to ops@example.com after 2.0 s"), (drill.Outcome, drill.Result));
        Assert.All(messages, message => Assert.Equal((drill.At.AddSeconds(2), drill.At.AddSeconds(2)), (message.Started, message.Accepted)));
        var mail = Assert.Single(world.Mail.Mails);
        Assert.Equal(["ops@example.com"], mail.To);
        Assert.Equal("[DRILL 2025-08-06 21:00] Both sides agree on a truce", mail.Message.Subject);
        Assert.Equal($"{id}", mail.Message.Headers["X-NewsWatch-Drill"]);
        Assert.StartsWith("[DRILL 2025-08-06 21:00]", mail.Message.TextBody, StringComparison.Ordinal);
        Assert.Equal("drill", (string?)Assert.Single(world.Hook.Accepted).Json["type"]);
        Assert.Contains("newswatch_drills_total{outcome=\"passed\"} 1", world.MetricsPage(), StringComparison.Ordinal);
        Assert.Equal(["ops drill"], world.Ask("SELECT actor || ' ' || what FROM act"));
    }

    [Fact]
    public async Task A_drill_goes_to_a_subscriber_only_by_name()
    {
        await using var world = await OpenAsync();

        await BeginAsync(world, to: "anna");
        await world.SettleAsync();

        Assert.Equal(["anna@example.com"], Assert.Single(world.Mail.Mails).To);
        Assert.Empty(world.Hook.Calls);
    }

    [Fact]
    public async Task A_webhook_that_refuses_makes_a_drill_fail_and_the_operator_hears_of_it_by_mail()
    {
        await using var world = await OpenAsync();
        world.Hook.Next(410);

        await BeginAsync(world);
        await world.SettleAsync();
        await world.Get<DrillWatch>().LookAsync(CancellationToken.None);
        await world.SettleAsync();

        var drill = world.Database.Read(db => DrillStore.List(db, null, 1)[0]);
        Assert.Equal(DrillOutcome.Failed, drill.Outcome);
        Assert.StartsWith("hook did not take the message to ops@example.com: ", drill.Result, StringComparison.Ordinal);
        Assert.Contains(world.Mail.Mails, mail => mail.Message.Subject == "[NewsWatch] A drill failed" && mail.To[0] == "ops@example.com");
    }

    [Fact]
    public async Task A_drill_that_nobody_takes_has_failed_after_ten_minutes_and_not_before()
    {
        await using var world = await OpenAsync();
        var id = await BeginAsync(world);

        world.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await world.Get<DrillWatch>().LookAsync(CancellationToken.None);
        var before = world.Database.Read(db => DrillStore.Find(db, id)!.Outcome);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.Get<DrillWatch>().LookAsync(CancellationToken.None);
        await world.SettleAsync();

        Assert.Null(before);
        Assert.Equal("its article was not processed within 10 minutes", world.Database.Read(db => DrillStore.Find(db, id)!.Result));
        Assert.DoesNotContain(world.Mail.Mails, mail => mail.Message.Headers["X-NewsWatch-Drill"] is not null);
    }

    [Fact]
    public async Task The_schedule_begins_one_drill_at_its_time_and_a_missed_one_is_said_once()
    {
        await using var world = await OpenAsync();
        world.Configure(watch => watch with { Operator = watch.Operator with { Drill = new(null, new(22, 0)) } });
        var watch = world.Get<DrillWatch>();

        await watch.LookAsync(CancellationToken.None);
        var early = Outcomes(world);
        world.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        await world.SettleAsync();
        await watch.LookAsync(CancellationToken.None);
        var begun = Outcomes(world);
        world.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromHours(1));
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        await world.SettleAsync();

        Assert.Equal("", early);
        Assert.Equal("the schedule passed", begun);
        Assert.Equal("the schedule passed, the schedule missed", Outcomes(world));
        Assert.Single(world.Mail.Mails, mail => mail.Message.Subject == "[NewsWatch] A drill was missed");
    }

    [Theory]
    [InlineData("nothing", "operator", "There is no rule \"nothing\". There are: ceasefire, tariffs.")]
    [InlineData("tariffs", "operator", "Rule tariffs alerts nobody on its examples in Fires, so it cannot be drilled.")]
    [InlineData("", "ana", "There is no subscriber \"ana\". Did you mean \"anna\"?")]
    public async Task What_cannot_be_drilled_is_said(string rule, string to, string says)
    {
        await using var world = await OpenAsync();

        var (plan, problem) = DrillPlan.Create(rule, [], to, world.Configuration, world.Clock.GetUtcNow());

        Assert.Null(plan);
        Assert.Equal(says, problem);
    }

    [Fact]
    public async Task With_and_without_twenty_drills_all_other_alerts_keys_and_messages_are_the_same_bytes()
    {
        await Gen.Int[0, 3].Array[20].Select(Gen.Bool.Array[6]).SampleAsync(
            async (places, repeats) => Assert.Equal(await ToldAsync([], repeats), await ToldAsync(places, repeats)),
            iter: 2,
            threads: 1);
    }

    [Theory]
    [InlineData(null, "2025-08-06T21:00Z", "2025-08-06T07:00Z")]
    [InlineData(null, "2025-08-06T06:59Z", "2025-08-05T07:00Z")]
    [InlineData(DayOfWeek.Monday, "2025-08-06T21:00Z", "2025-08-04T07:00Z")]
    [InlineData(DayOfWeek.Wednesday, "2025-08-06T07:00Z", "2025-08-06T07:00Z")]
    [InlineData(DayOfWeek.Monday, "2025-12-01T09:00Z", "2025-12-01T08:00Z")]
    public void The_last_time_of_a_schedule_is_by_the_clock_of_its_zone(DayOfWeek? day, string now, string last) =>
        Assert.Equal(At(last), new DrillTime(day, new(10, 0)).Last(At(now), Kyiv));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<HostileWorld> OpenAsync()
    {
        var world = await HostileWorld.OpenAsync();
        var truce = SomeWatch.Ceasefire with { Examples = new RuleExamples(["Both sides agree on a truce"], []) };
        world.Configure(watch => watch with
        {
            Rules = new Dictionary<string, WatchRule> { [truce.Id] = truce, ["tariffs"] = SomeWatch.Tariffs },
            RuleSet = RuleSet.Compile([truce.Rule, SomeWatch.Tariffs.Rule], watch.Vocabulary),
            Channels = watch.Channels.ToDictionary(channel => channel.Key, channel => channel.Value with { Drill = true }),
            Subscribers = watch.Subscribers.ToDictionary(reader => reader.Key, reader => reader.Value with { Cap = new(3, TimeSpan.FromHours(1)) }),
        });
        return world;
    }

    private static Task<long> BeginAsync(HostileWorld world, string to = DrillPlan.Operator)
    {
        var (plan, problem) = DrillPlan.Create("", [], to, world.Configuration, world.Clock.GetUtcNow());
        Assert.Null(problem);
        return world.Get<DrillRegister>().BeginAsync(plan!, new Actor("ops", IsCommand: true), planned: null, request: null, CancellationToken.None);
    }

    /// <summary>Six pieces of news, some of them the same again, with drills before some; returns all that was told of the news and counted.</summary>
    private static async Task<string> ToldAsync(int[] places, bool[] repeats)
    {
        await using var world = await OpenAsync();
        await world.Database.WriteAsync(db => InstallationSettings.Set(db, "unsubscribe-key", Convert.ToBase64String(new byte[32]))); // links to unsubscribe are the same in both
        var next = 0;
        for (var number = 0; number < repeats.Length; number++)
        {
            foreach (var reader in places.Skip(next).Take(places.Length / repeats.Length + 1))
            {
                await BeginAsync(world, reader == 0 ? "anna" : DrillPlan.Operator);
            }

            next += places.Length / repeats.Length + 1;
            await world.TellAsync(repeats[number] ? "A truce again" : $"Truce number {number}", link: repeats[number] ? "https://news.example.com/same" : null);
            await world.Get<DrillWatch>().LookAsync(CancellationToken.None);
        }

        Assert.Equal(places.Length, int.Parse(world.Ask("SELECT count(*) FROM drill WHERE outcome = 'passed'")[0], System.Globalization.CultureInfo.InvariantCulture));
        var mails = world.Mail.Mails.Where(mail => mail.Message.Headers["X-NewsWatch-Drill"] is null).Select(mail => mail.Data);
        var calls = world.Hook.Accepted.Where(call => (string?)call.Json["type"] != "drill").Select(call => call.Id + call.Body);
        return string.Join(
            "\n",
            mails.Concat(calls)
                .Concat(world.Ask("SELECT key || content FROM alert ORDER BY id"))
                .Concat(world.Ask("SELECT key || bundle || due || state FROM delivery WHERE kind <> 'drill' ORDER BY key"))
                .Concat(world.Ask("SELECT article || rule || subscriber || outcome || why FROM verdict ORDER BY article, rule, subscriber, at"))
                .Concat(world.Ask("SELECT (SELECT count(*) FROM article) || ' ' || (SELECT count(*) FROM story) || ' ' || (SELECT count(*) FROM reading)"))
                .Concat(world.MetricsPage().Split('\n').Where(line => line.StartsWith("newswatch_alerts_total", StringComparison.Ordinal) || line.StartsWith("newswatch_items", StringComparison.Ordinal))));
    }

    private static string Outcomes(HostileWorld world) => string.Join(", ", world.Ask("SELECT made_by || ' ' || coalesce(outcome, 'runs') FROM drill ORDER BY id"));
}
