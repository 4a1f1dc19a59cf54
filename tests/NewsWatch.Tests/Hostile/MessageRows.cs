using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Messages.Webhook;
using NewsWatch.Tests.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>What feeds say, and what becomes of it in mails, chats and logs.</summary>
public sealed class MessageRows
{
    [Fact]
    public async Task Row_51_line_breaks_in_a_headline()
    {
        await SinkTests.EveryPayloadAsync("mail-headers");

        await using var world = await HostileWorld.OpenAsync();
        var mail = await world.TellAsync("Truce Hi\r\nBcc: evil@evil.example");
        Assert.Contains("Truce Hi Bcc: evil@evil.example", mail.Message.Subject, StringComparison.Ordinal);
    }

    /// <summary>Its author and name reach the text, its id the Message-ID's hash; the From address is the operator's alone.</summary>
    [Fact]
    public async Task Row_52_line_breaks_in_whatever_else_becomes_a_header()
    {
        await using var world = await HostileWorld.OpenAsync();

        var mail = await world.TellAsync("Truce now", author: "Ada\r\nBcc: evil@evil.example", id: "1\r\nX-Evil: 1\r\n\r\n", channel: "News\r\nX-Evil: 2");

        Assert.Equal((1, "anna@example.com"), (mail.To.Count, mail.To[0]));
        Assert.Null(mail.Message.Headers["X-Evil"]);
        Assert.Null(mail.Message.Headers["Bcc"]);
        Assert.Equal("NewsWatch <alerts@news.example.com>", mail.Message.Headers["From"]?.Replace("\"", "", StringComparison.Ordinal));
        Assert.Matches("^[0-9a-f]{32}@news.example.com$", mail.Message.MessageId);
    }

    [Fact]
    public void Row_53_more_than_one_address_for_a_subscriber()
    {
        foreach (var address in new[] { "a@b.c, evil@x.y", @"a@b.c\nRCPT TO:<evil@x.y>", @"\""a\nb\""@b.c", "a@b.c;evil@x.y", "<a@b.c> evil@x.y", "a@b.c\\u0000", "Anna <a@b.c>" })
        {
            var refused = Assert.IsType<LoadResult.Refused>(SomeFiles.Load($"{{ \"Subscribers\": {{ \"a\": {{ \"Email\": \"{address}\" }} }} }}"));

            Assert.Contains(refused.Problems, problem => problem.Path == "Subscribers.a.Email" && !problem.IsWarning);
        }
    }

    [Fact]
    public async Task Row_54_lines_that_would_end_the_mail()
    {
        await using var world = await HostileWorld.OpenAsync();

        var mail = await world.TellAsync("Truce .\r\n.\r\n", text: ".\n.\r\n\r.\r\n. MAIL FROM:<evil@evil.example> RCPT TO:<evil@evil.example> .. in the ceasefire\n.\n");

        Assert.Single(world.Mail.Mails);
        Assert.Single(world.Mail.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal(0, world.Mail.BareLineEnds);
        Assert.DoesNotMatch("\r(?!\n)", mail.Data);
        Assert.Contains("MAIL FROM:<evil@evil.example> RCPT TO:<evil@evil.example>", mail.Message.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public Task Row_55_markup_in_the_mail() => SinkTests.EveryPayloadAsync("mail-html", "mail-text");

    [Fact]
    public async Task Row_56_links_that_lead_elsewhere()
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var link in new[] { "https://a\u200Db.example.com/a", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", $"https://news.example.com/{new string('a', 4_000)}" })
        {
            var mail = await world.TellAsync("Truce told of with a bad link " + link[..12], link);

            Assert.Empty(Links(mail));
        }

        // What stands before an @ is taken off, and the reader sees the host that is left.
        var pretending = await world.TellAsync("Truce by a pretender", "https://wsj.com@evil.example/a");
        Assert.Equal(["https://evil.example/a"], Links(pretending));
        Assert.Matches(@"(?m)^Source: +evil\.example\r?$", pretending.Message.TextBody);
        Assert.DoesNotContain("wsj.com", pretending.Data, StringComparison.Ordinal);

        // Another host than the feed's is usual; the reader sees which one it is.
        Assert.Equal(["https://xn--wj-eoc.com/a"], Links(await world.TellAsync("Truce by a look-alike", "https://w\u0455j.com/a")));
        var elsewhere = await world.TellAsync("Truce on another host", "https://elsewhere.example/a");
        Assert.Equal(["https://elsewhere.example/a"], Links(elsewhere));
        Assert.Matches(@"(?m)^Source: +elsewhere\.example\r?$", elsewhere.Message.TextBody);
    }

    [Fact]
    public async Task Row_57_letters_that_are_not_seen()
    {
        await using var world = await HostileWorld.OpenAsync();
        foreach (var title in new[]
        {
            "\u202ETruce\u202C turned", "\u2066Truce\u2069 isolated", "Tru\u200Bce with a zero-width space", "\0Truce\u000B with \u001B[31mcontrols", "Truce Z" + new string('\u0301', 1_000), "Truce " + new string('x', 1_000_000),
        })
        {
            var mail = await world.TellAsync(title);

            Inertness.Of(mail.Message.Subject, Inertness.Isolates);
            Inertness.Of(mail.Message.TextBody, "\r\n" + Inertness.Isolates);
        }
    }

    [Fact]
    public Task Row_58_line_breaks_and_escapes_in_the_log() => SinkTests.EveryPayloadAsync("log", "metrics", "command-line", "status");

    [Fact]
    public Task Row_59_slack_mentions_and_links() => SinkTests.EveryPayloadAsync("slack");

    [Fact]
    public Task Row_60_discord_mentions_and_links() => SinkTests.EveryPayloadAsync("discord");

    /// <summary>
    /// NewsWatch speaks to Teams and ntfy; Telegram and Matrix are no channels of it. There is no second, plainer form to fall back to: all markup is escaped
    /// in the first. A 400 loses nothing either: the message is tried again for days, then told of and kept for a replay.
    /// </summary>
    [Fact]
    public async Task Row_61_markup_of_other_chats()
    {
        await SinkTests.EveryPayloadAsync("teams", "ntfy");

        await using var world = await HostileWorld.OpenAsync();
        world.Hook.Next(400);
        await world.TellAsync("Truce *_`[");
        Assert.Equal("pending", Assert.Single(world.Column("delivery", "state", new { channel = "hook" })));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.SettleAsync();
        Assert.Equal("sent", Assert.Single(world.Column("delivery", "state", new { channel = "hook" })));
    }

    [Fact]
    public Task Row_62_what_would_break_json() => SinkTests.EveryPayloadAsync("webhook", "cloudevents");

    [Fact]
    public async Task Row_65_calls_that_are_replayed_or_forged()
    {
        await using var world = await HostileWorld.OpenAsync();
        const string Old = "whsec_b2xkIG9sZCBvbGQgb2xkIG9sZCBvbGQgb2xkIQ==";
        world.Configure(watch => watch with { Channels = new Dictionary<string, Channel>(watch.Channels) { ["hook"] = DeliveryWorld.Hook(world.Hook) with { Secrets = [world.Hook.Secret, Old] } } });
        await world.TellAsync("Truce signed");
        var call = Assert.Single(world.Hook.Calls);
        var now = world.Clock.GetUtcNow();

        Assert.True(Verified(call, call.Body, world.Hook.Secret, now) && Verified(call, call.Body, Old, now), "while a secret is rotated, both hold");
        Assert.False(Verified(call, call.Body, "whsec_" + Convert.ToBase64String(new byte[32]), now));
        Assert.False(Verified(call, call.Body.Replace("Truce", "War", StringComparison.Ordinal), world.Hook.Secret, now));
        Assert.False(Verified(call, call.Body, world.Hook.Secret, now.AddMinutes(10)));
        Assert.DoesNotContain('.', call.Id);

        // The id is signed too: a dot moved from one part into another makes another signature.
        Assert.NotEqual(WebhookRequest.Sign(Old, "a.1", 2, "b"u8), WebhookRequest.Sign(Old, "a", 12, "b"u8));
    }

    /// <summary>A receiver as the standard wants it: within five minutes, and one of the signatures holds.</summary>
    private static bool Verified(WebhookCall call, string body, string secret, DateTimeOffset now)
    {
        var timestamp = long.Parse(call.Timestamp, System.Globalization.CultureInfo.InvariantCulture);
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{call.Id}.{timestamp}.{body}"));
        return Math.Abs(now.ToUnixTimeSeconds() - timestamp) <= 300
            && call.Signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(expected))));
    }

    private static List<string> Links(ReceivedMail mail)
    {
        using var page = new HtmlParser().ParseDocument(mail.Message.HtmlBody!);
        return [.. page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")!).Where(href => !href.StartsWith("https://news.example.com/u/", StringComparison.Ordinal)).Distinct()];
    }
}
