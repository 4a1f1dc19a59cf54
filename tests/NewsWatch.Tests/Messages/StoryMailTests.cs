using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Core.Text;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>What a reader gets of a story that grows: a first report, an update, a higher severity, and what was told as another story.</summary>
public sealed class StoryMailTests
{
    private const string First = "Norland and Sudland sign ceasefire in Kesten";

    [Theory]
    [InlineData("first")]
    [InlineData("update")]
    [InlineData("repeat")]
    [InlineData("escalation")]
    [InlineData("merged")]
    [InlineData("confirmed")]
    [InlineData("together")]
    public async Task A_mail_of_a_story_reads_as_approved(string name)
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        await world.AddAsync(change: _ => FirstReport);
        await world.DeliverAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(50));
        var bundle = name == "together" ? "group/anna/mail/story/1/20250806" : null;
        foreach (var alert in Later(name))
        {
            await world.AddAsync(bundle: bundle, kind: bundle is null ? "alert" : "group", change: _ => alert);
        }

        await world.DeliverAsync();

        var message = server.Mails.Last().Message;
        Snapshot.Approved(MailTests.Headers(message), $"mail-story-{name}-headers.txt");
        Snapshot.Approved(MailTests.WithoutToken(message.TextBody!), $"mail-story-{name}.txt");
        Snapshot.Approved(MailTests.WithoutToken(message.HtmlBody!), $"mail-story-{name}.html");
    }

    private static AlertContent FirstReport => Alert(1, First, "The Sample Courier", 0) with
    {
        StoryFacts = new(1, 2, DeliveryWorld.Start.AddMinutes(-4), First),
        OtherSources = [new("Sample Wire", "Ceasefire signed by Norland and Sudland", "https://wire.example.com/1", DeliveryWorld.Start.AddMinutes(-2))],
    };

    private static AlertContent[] Later(string name) => name switch
    {
        "first" => [],
        "update" => [Update],
        "repeat" =>
        [
            Alert(2, "What the Kesten ceasefire asks of Norland and Sudland", "Harbour Post", 31) with
            {
                Reason = AlertReason.Update,
                Step = 2,
                StoryFacts = new(2, 6, DeliveryWorld.Start.AddMinutes(-4), First),
                FollowUp = new("What the Kesten ceasefire asks of Norland and Sudland", Told(), MayRepeat: true),
            },
        ],
        "escalation" =>
        [
            Alert(2, "Norland shells Kesten hours after the ceasefire", "Sample Wire", 44) with
            {
                Reason = AlertReason.Escalation,
                Severity = Severity.Flash,
                Step = 2,
                StoryFacts = new(5, 11, DeliveryWorld.Start.AddMinutes(-4), First),
                FollowUp = new("Norland shells Kesten hours after the ceasefire", Told("Harbour Post", "Coast Weekly"), MayRepeat: false),
            },
        ],
        "confirmed" =>
        [
            Alert(2, "Kesten ceasefire: Norland and Sudland sign", "The Herald", 44) with
            {
                Reason = AlertReason.Corroboration,
                Severity = Severity.Urgent,
                Rule = DeliveryWorld.Alert(1).Rule with { Id = "ceasefire-confirmed", Title = "Cease-fire, confirmed", When = "#ceasefire AND independent>=2" },
                StoryFacts = new(1, 4, DeliveryWorld.Start.AddMinutes(-4), First)
                {
                    Sources = new(4, [new(OriginKind.Wire, "Reuters", ["The Sample Courier", "Coast Weekly"]), new(OriginKind.Outlet, "The Herald", []), new(OriginKind.Outlet, "Tolva TV", []) { IsStateAffiliated = true }]),
                },
            },
        ],
        "merged" =>
        [
            Update with
            {
                StoryFacts = new(14, 31, DeliveryWorld.Start.AddHours(-30), First) { AlsoToldAs = ["Dockers of Kesten stop work for peace", "Brandt flies to Kesten for a night of talks"] },
            },
        ],
        _ => [Update, Alert(3, "Sudland frees 120 prisoners under the ceasefire", "Harbour Post", 47) with { Reason = AlertReason.Update, Step = 3, StoryFacts = Update.StoryFacts, FollowUp = new("Sudland frees 120 prisoners under the ceasefire", Told(), false) }],
    };

    private static AlertContent Update => Alert(2, "Brandt resigns as Sudland parliament votes down the ceasefire with Norland", "Sample Wire", 40) with
    {
        Reason = AlertReason.Update,
        Step = 2,
        StoryFacts = new(3, 9, DeliveryWorld.Start.AddMinutes(-4), First),
        FollowUp = new("Brandt resigns as Sudland parliament votes down the ceasefire with Norland", Told("Sample Wire", "Harbour Post"), MayRepeat: false),
    };

    private static EarlierNews Told(params string[] since) => new(First, "The Sample Courier", DeliveryWorld.Start.AddMinutes(-4), since);

    private static AlertContent Alert(int number, string title, string source, int minutes)
    {
        var at = title.IndexOf("easefire", StringComparison.Ordinal) - 1;
        var hit = new Hit(Field.Title, at, 9, title.Substring(at, 9), "#ceasefire", "ceasefire", null);
        return DeliveryWorld.Alert(number) with
        {
            Key = $"ceasefire/story-1/update/{number}",
            Story = 1,
            Rule = DeliveryWorld.Alert(1).Rule with { Id = "ceasefire", Title = "Cease-fire", When = "#ceasefire" },
            Article = DeliveryWorld.Alert(number).Article with
            {
                Title = title,
                SourceName = source,
                Authors = [],
                Published = DeliveryWorld.Start.AddMinutes(minutes - 4),
                FirstSeen = DeliveryWorld.Start.AddMinutes(minutes - 3),
            },
            Hits = [hit],
            Excerpts = [new(Field.Title, title, [new(at, 9, false)])],
            OtherSources = [],
        };
    }
}
