using CsCheck;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>What an operator silenced reaches nobody until its end, and is decided all the same.</summary>
public sealed class SilenceTests
{
    private static readonly Silence OfRule = new(12, SilenceScope.Rule, "ceasefire", Some.Noon.AddHours(-1), Some.Noon.AddHours(3), "the printers strike", "ops");

    private static readonly Gen<Silence> Silences = Gen.Select(
        Gen.Enum<SilenceScope>(), Gen.OneOf(new[] { "ceasefire", "tariffs", "00aa", "anna", "ben", "wire" }.Select(Gen.Const).ToArray()), Gen.Int[-5, 5], Gen.Int[1, 8], Gen.Bool, Gen.Bool,
        (scope, target, from, hours, flash, held) =>
            new Silence(7, scope, target, Some.Noon.AddHours(from), Some.Noon.AddHours(from + hours), "quiet", "ops") { WithFlash = flash, IsHeld = held });

    [Theory]
    [InlineData(SilenceScope.Rule, "ceasefire", true)]
    [InlineData(SilenceScope.Rule, "tariffs", false)]
    [InlineData(SilenceScope.Story, "00aa", true)]
    [InlineData(SilenceScope.Story, "7", false)]
    [InlineData(SilenceScope.Subscriber, "anna", true)]
    [InlineData(SilenceScope.Subscriber, "ben", false)]
    [InlineData(SilenceScope.Source, "ceasefire", false)]
    public void It_keeps_back_what_its_scope_names(SilenceScope scope, string target, bool isKept)
    {
        var plan = Decide(OfRule with { Scope = scope, Target = target });

        Assert.Equal(isKept ? 12 : null, plan.Silence);
        Assert.Equal(isKept ? VerdictReason.Muted : VerdictReason.AtOnce, plan.Reason);
    }

    [Fact]
    public void The_verdict_names_its_end_who_made_it_and_why() => Assert.Equal(
        "silenced until 2025-08-06 15:00 +00:00 by ops: the printers strike (silence 12)", Assert.IsType<DeliveryPlan.None>(Decide(OfRule)).Why);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(3, false)]
    public void It_holds_from_its_beginning_to_its_end(int hours, bool isKept) => Assert.Equal(isKept, Decide(OfRule, at: Some.Noon.AddHours(hours)).Silence is not null);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_flash_alert_goes_unless_the_silence_says_otherwise(bool withFlash, bool isKept) =>
        Assert.Equal(isKept, Decide(OfRule with { WithFlash = withFlash }, Some.Alert with { Severity = Severity.Flash }).Silence is not null);

    [Fact]
    public void What_is_sent_at_the_end_goes_in_one_message()
    {
        var plan = Assert.IsType<DeliveryPlan.Silenced>(Decide(OfRule with { IsHeld = true }));

        Assert.Equal((Some.Noon.AddHours(3), "silence/12/anna/mail", DeliveryKind.Digest), (plan.At, plan.Bundle, plan.Kind));
        Assert.Equal(BundleCause.Silence, BundleName.CauseOf(plan.Bundle!));
    }

    [Fact]
    public void What_is_sent_at_the_end_keeps_to_the_quiet_hours()
    {
        var sleeper = Some.Anna with { TimeZone = TimeZoneInfo.Utc, QuietHours = new(new(14, 0), new(18, 0), Severity.Flash) };

        Assert.Equal((Some.Noon.AddHours(6), 12), (Assert.IsType<DeliveryPlan.Held>(Decide(OfRule with { IsHeld = true }, subscriber: sleeper)).At, Decide(OfRule with { IsHeld = true }, subscriber: sleeper).Silence));
    }

    [Fact]
    public void Of_two_the_one_that_ends_last_counts() =>
        Assert.Equal(13, Decide([OfRule, OfRule with { Id = 13, Until = Some.Noon.AddHours(9) }, OfRule with { Id = 14 }]).Silence);

    [Fact]
    public void Who_unsubscribed_gets_nothing_at_its_end_either()
    {
        var state = new SubscriberState { Unsubscribed = new HashSet<string> { "all" }, Silences = [OfRule with { IsHeld = true }] };

        Assert.Equal(VerdictReason.Unsubscribed, DeliveryPolicy.Decide(Some.Alert, new(Some.Anna, "mail", Handling.AtOnce, Wanted: true), state, Some.Noon).Reason);
    }

    [Fact]
    public void A_silenced_source_alerts_nobody_and_others_do()
    {
        var silence = OfRule with { Scope = SilenceScope.Source, Target = "wire" };

        Assert.Equal(silence.Sentence, Assert.IsType<AlertDecision.Suppress>(Assert.Single(Decide(News("wire"), silence)).Decision).Why);
        Assert.IsType<AlertDecision.Alert>(Assert.Single(Decide(News("paper"), silence)).Decision);
    }

    /// <summary>With any silences: what they name is kept back, all else is as it was without them, and each alert is decided in either case.</summary>
    [Fact]
    public void Nothing_silenced_is_told_and_nothing_else_changes() => Gen.Select(Silences.Array[0, 4], Gen.Enum<Severity>()).Sample((silences, severity) =>
    {
        var news = News("wire") with { Matches = [new("ceasefire", severity, new Dictionary<string, string>())] };
        var (with, without) = (Assert.Single(Decide(news, silences)), Assert.Single(Decide(news)));
        var on = silences.Where(silence => silence.From <= Some.Noon && Some.Noon < silence.Until && (silence.WithFlash || severity < Severity.Flash)).ToList();
        if (on.Exists(silence => silence is { Scope: SilenceScope.Source, Target: "wire" }))
        {
            return with.Decision is AlertDecision.Suppress { Reason: VerdictReason.Muted };
        }

        return with.Decision == without.Decision && with.Deliveries.Zip(without.Deliveries).All(pair => on.Exists(silence => Names(silence, pair.First.To.Subscriber.Id))
            ? pair.First.Plan is DeliveryPlan.None { Reason: VerdictReason.Muted } || (pair.First.Plan is DeliveryPlan.Silenced held && held.At > Some.Noon)
            : pair.First.Plan == pair.Second.Plan);

        static bool Names(Silence silence, string subscriber) =>
            (silence.Scope, silence.Target) is (SilenceScope.Rule, "ceasefire") or (SilenceScope.Story, "00aa") || (silence.Scope == SilenceScope.Subscriber && silence.Target == subscriber);
    });

    private static MatchedNews News(string source) => new()
    {
        Matches = [new("ceasefire", Severity.Urgent, new Dictionary<string, string>())],
        Change = ArticleChange.New,
        Story = 7,
        StoryKey = "00aa",
        Source = source,
    };

    private static IReadOnlyList<MatchDecision> Decide(MatchedNews news, params Silence[] silences) => AlertDecider.Decide(
        news, [], new(null, Some.Everybody, new Dictionary<string, Muting>()) { Silences = silences }, (_, _) => SubscriberState.Fresh, Some.Noon);

    private static DeliveryPlan Decide(Silence silence, AlertFacts? alert = null, Subscriber? subscriber = null, DateTimeOffset? at = null) => Decide([silence], alert, subscriber, at);

    private static DeliveryPlan Decide(IReadOnlyList<Silence> silences, AlertFacts? alert = null, Subscriber? subscriber = null, DateTimeOffset? at = null) => DeliveryPolicy.Decide(
        alert ?? Some.Alert, new(subscriber ?? Some.Anna, "mail", Handling.AtOnce, Wanted: true), new() { Silences = silences }, at ?? Some.Noon);
}
