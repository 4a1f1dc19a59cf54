using System.Text;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>A digest of many alerts, over every kind of message: each alert is named with its link.</summary>
internal static class DigestNames
{
    private const int News = 120;
    private static readonly string[] Formats = ["standard", "cloudevents", "slack", "discord", "teams", "ntfy"];

    public static async Task<TrialResult> RunAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var variables = new List<(string, string)>();
        foreach (var format in Formats)
        {
            desk.Http.Answer($"/hook/{format}", Reply.Of(200));
            variables.Add(($"HOOK_{format}", $"http://127.0.0.1:{desk.Http.Port}/hook/{format}"));
            desk.Watch["Channels"]![format] = new JsonObject { ["Type"] = "webhook", ["Url"] = $"env:HOOK_{format}", ["Format"] = format };
            desk.Watch["Subscribers"]![format] = new JsonObject { ["Channel"] = format, ["Cap"] = "100000/1h" };
            if (format is "standard" or "cloudevents")
            {
                desk.Watch["Channels"]![format]!["Secret"] = "env:HOOK_SECRET";
            }
        }

        desk.Watch["Routes"] = new JsonObject { ["GroupBy"] = "rule", ["Wait"] = "25s", ["To"] = new JsonArray([.. Formats.Append("anna").Select(id => JsonValue.Create(id))]) };
        var feed = desk.AddFeed("wire");
        var published = Enumerable.Range(0, News).Select(n => feed.Publish(n, "Санкции против далёкой страны")).ToHashSet(StringComparer.Ordinal);
        await using var service = await desk.StartAsync(cancellation, [.. variables]);
        await WorldDesk.UntilAsync(() => Named(desk).All(sink => sink.Count == News), 110, cancellation);
        var named = Named(desk);
        return new TrialResult.Measured(
            string.Join(", ", named.Select(sink => $"{sink.Sink} {sink.Count} in {sink.Messages}")), $"{News} of {News} over each", named.All(sink => sink.Count == News));
    }

    private static List<(string Sink, int Count, int Messages)> Named(WorldDesk desk)
    {
        var calls = desk.Http.Requests;
        var hooks = Formats.Select(format => (Sink: format, Messages: calls.Where(call => call.Target == $"/hook/{format}").Select(call => WorldDesk.KeysIn(Encoding.UTF8.GetString(call.Body)).ToList()).ToList()));
        var mails = (Sink: "mail", Messages: desk.Mail.Mails.Where(mail => mail.To == "anna@example.com").Select(mail => mail.Keys.ToList()).ToList());
        return [.. hooks.Append(mails).Select(sink => (sink.Sink, sink.Messages.SelectMany(keys => keys).Distinct().Count(), sink.Messages.Count))];
    }
}
