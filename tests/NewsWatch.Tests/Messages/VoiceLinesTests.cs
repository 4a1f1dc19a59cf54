using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>What messages say of deadlines and quotes, from the rule to the reader.</summary>
public sealed class VoiceLinesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    public void A_deadline_is_told_in_the_zone_of_the_text_and_in_the_readers()
    {
        var alert = Alert("by:date", "Veshin must leave the strip by Friday.");

        Assert.Equal(["Deadline: Fri 8 Aug 2025, end of day UTC-04:00; Sat 9 Aug 2025, 06:00 Berlin (04:00 UTC); in the text “Friday”: Veshin"], Lines(alert, Berlin));
        Assert.Equal(["Deadline: Fri 8 Aug 2025, end of day UTC-04:00; in the text “Friday”: Veshin"], Lines(alert, NewYork));
    }

    [Fact]
    public void The_readers_time_of_a_deadline_follows_the_change_of_clocks()
    {
        var before = Alert("by:date", "Bids must arrive by 16:00 GMT on Oct. 25, 2025.");
        var after = Alert("by:date", "Bids must arrive by 16:00 GMT on Oct. 27, 2025.");

        Assert.StartsWith("Deadline: Sat 25 Oct 2025, 18:00 Berlin (16:00 UTC)", Assert.Single(Lines(before, Berlin)), StringComparison.Ordinal);
        Assert.StartsWith("Deadline: Mon 27 Oct 2025, 17:00 Berlin (16:00 UTC)", Assert.Single(Lines(after, Berlin)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_says_that_it_is_one() =>
        Assert.StartsWith("Deadline: extended to Fri 29 Aug 2025", Assert.Single(Lines(Alert("by:date", "The council extended the deadline to Aug. 29."), NewYork)), StringComparison.Ordinal);

    [Fact]
    public void A_quote_is_told_with_the_name_of_its_speaker() =>
        Assert.Equal(["Quote: Ilse Brandt: “We will not sign,”"], Lines(Alert("said:\"Ilse Brandt\"", "Ilse Brandt left. “We will not sign,” she said."), Berlin));

    [Fact]
    public void A_clause_is_told_in_words_and_a_quote_in_one_pair_of_marks()
    {
        var alert = Alert("by:date said:\"Ilse Brandt\"", "Veshin must leave by Friday. “We will not sign,” Ilse Brandt said.");

        Assert.Equal(["deadline (by:date)", "said by Ilse Brandt"], ClauseView.Of(alert).Select(clause => clause.Name));
        Assert.Equal("“We will not sign,” in the text", ClauseView.Of(alert)[1].Found);
    }

    [Fact]
    public void A_rule_that_asks_for_neither_tells_neither() => Assert.Empty(Lines(Alert("Veshin", "Veshin must leave by Friday. “I go,” Veshin said."), Berlin));

    [Fact]
    public void A_webhook_names_deadlines_and_quotes_as_its_schema_says()
    {
        var alert = Alert("by:date said:\"Ilse Brandt\"", "Veshin must leave by 18:00 on Friday. “We will not sign,” Ilse Brandt said.");
        var schema = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(SomeFiles.Folder(), "../../../deploy/webhook.schema.json")))!;

        var body = JsonNode.Parse(Encoding.UTF8.GetString(WebhookBody.Create(Bundle(alert), Hook(), SomeWatch.Default).Bytes))!;

        Assert.Empty(JsonSchema.Problems(schema, body));
        Assert.Equal("2025-08-08T18:00:00-04:00 instant set Veshin", string.Join(' ', new[] { "due", "granularity", "modality", "holder" }.Select(key => (string)body["data"]!["deadlines"]![0]![key]!)));
        Assert.Equal("Ilse Brandt", (string)body["data"]!["quotes"]![0]!["speaker"]!);
    }

    private static IEnumerable<string> Lines(AlertContent alert, TimeZoneInfo zone) =>
        AlertView.All([alert], zone)[0].Facts.Where(fact => fact.Label is "Deadline" or "Quote").Select(fact => $"{fact.Label}: {fact.Value}");

    // What was stored and read again, as a message is made of it.
    private static AlertContent Alert(string query, string text)
    {
        var document = new Document { Title = "News", Body = text, Language = "en", Published = new(2025, 8, 6, 14, 30, 0, TimeSpan.FromHours(-4)) };
        var rules = RuleSet.Compile([new Rule("r", Query.Parse(query, Vocabulary.Empty).Query!, null)], Vocabulary.Empty);
        var match = Excerpts.CutEach(document, rules.Match(document)).Single();
        var content = DeliveryWorld.Alert(1) with { Hits = match.Hits, Excerpts = match.Excerpts, Deadlines = match.Deadlines, Quotes = match.Quotes };
        return TextCleaner.Alert(StoredJson.Read<AlertContent>(StoredJson.Write(content)));
    }

    private static ClaimedBundle Bundle(AlertContent alert) => new("b", "alert", "desk", "hook", 1, DeliveryWorld.Start, [alert], null);

    private static Channel.Webhook Hook() => new("hook") { Url = new("https://hook.example.com/"), Format = WebhookFormat.Standard };
}
