using System.Net;
using System.Text.RegularExpressions;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What readers say of alerts, by the links of their mails, through the whole service.</summary>
public sealed partial class FeedbackTests
{
    [Fact]
    public async Task Each_alert_of_a_mail_ends_with_a_link_in_both_parts_and_without_a_base_there_is_none()
    {
        await using var ports = await OpenPorts.OpenAsync();
        var without = (await ports.World.TellAsync("Truce without a link")).Message;
        Ask(ports.World);
        var with = (await ports.World.TellAsync("Truce with a link")).Message;

        Assert.DoesNotContain("Useful or not?", without.TextBody + without.HtmlBody, StringComparison.Ordinal);
        var link = Assert.Single(Links(with.TextBody));
        Assert.Contains($"Useful or not?\n{link}", $"{with.TextBody}".ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{link}\">Useful or not?</a>", with.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_scanner_that_gets_every_link_many_times_says_nothing()
    {
        await using var ports = await OpenPorts.OpenAsync();
        var path = await ToldAsync(ports);

        for (var look = 0; look < 1_000; look++)
        {
            using var request = new HttpRequestMessage(look % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, $"{path}?verdict=useful");
            using var answer = await ports.Public.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(["0 0"], ports.World.Ask("SELECT (SELECT count(*) FROM feedback) || ' ' || (SELECT count(*) FROM unsubscribed)"));
    }

    [Fact]
    public async Task The_last_word_counts_and_the_same_word_twice_changes_nothing()
    {
        await using var ports = await OpenPorts.OpenAsync();
        var path = await ToldAsync(ports);

        var first = await SayAsync(ports, path, "useful");
        ports.World.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await SayAsync(ports, path, "useful");
        var one = ports.World.Ask("SELECT verdict || ' ' || at FROM feedback");
        var other = await SayAsync(ports, path, "not-useful");

        Assert.Equal((HttpStatusCode.OK, first.Body), (first.Status, again.Body));
        Assert.Equal([$"useful {ports.World.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds()}"], one);
        Assert.Equal(["anna not-useful"], ports.World.Ask("SELECT subscriber || ' ' || verdict FROM feedback"));
        Assert.Contains("/u/", other.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/u/", first.Body, StringComparison.Ordinal);
        Assert.Contains("newswatch_feedback_total{verdict=\"useful\"} 1", ports.World.MetricsPage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_tokens_those_of_another_purpose_and_those_that_are_over_say_nothing()
    {
        await using var ports = await OpenPorts.OpenAsync();
        await using var other = await OpenPorts.OpenAsync();
        var path = await ToldAsync(ports);
        var foreign = await ToldAsync(other);
        var unsubscribe = await ports.World.Get<UnsubscribeTokens>().CreateAsync(new("anna", "ceasefire", null), CancellationToken.None);
        var elsewhere = await ports.World.Get<FeedbackTokens>().CreateAsync("another alert's key", 1, "anna", ports.World.Clock.GetUtcNow(), CancellationToken.None);
        var changed = path[..^1] + (path[^1] == 'A' ? 'B' : 'A');

        foreach (var forged in (string[])[foreign, changed, path[..20], path + "AAAA", $"/f/{unsubscribe}", $"/f/{elsewhere}", path.Replace("/f/", "/u/", StringComparison.Ordinal)])
        {
            Assert.Contains((await SayAsync(ports, forged, "useful")).Status, new[] { HttpStatusCode.Gone, HttpStatusCode.NotFound });
        }

        ports.World.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.Gone, (await SayAsync(ports, path, "useful")).Status);
        Assert.Equal(["0 0"], ports.World.Ask("SELECT (SELECT count(*) FROM feedback) || ' ' || (SELECT count(*) FROM unsubscribed)"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("brilliant")]
    public async Task A_word_that_no_button_says_is_refused(string verdict)
    {
        await using var ports = await OpenPorts.OpenAsync();
        var path = await ToldAsync(ports);

        Assert.Equal(HttpStatusCode.BadRequest, (await SayAsync(ports, path, verdict)).Status);
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await ports.Public.PostAsync(new Uri(path, UriKind.Relative), json);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(["0"], ports.World.Ask("SELECT count(*) FROM feedback"));
    }

    [Fact]
    public async Task A_hostile_headline_is_text_on_the_page()
    {
        await using var ports = await OpenPorts.OpenAsync();
        Ask(ports.World);
        var mail = await ports.World.TellAsync("Truce <script>alert(1)</script>");

        var (_, page) = await ports.Public.AskAsync(new Uri(Assert.Single(Links(mail.Message.TextBody))).AbsolutePath);

        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Truce", page, StringComparison.Ordinal);
    }

    /// <summary>A word goes to every alert of the article that the reader got: a mail shows them as one.</summary>
    [Fact]
    public async Task Two_rules_about_one_article_get_one_word()
    {
        await using var ports = await OpenPorts.OpenAsync();
        ports.World.Configure(watch => watch with
        {
            Rules = new Dictionary<string, WatchRule> { ["ceasefire"] = SomeWatch.Ceasefire, ["north"] = SomeWatch.Rule("north", "north") },
            RuleSet = Core.Rules.RuleSet.Compile([SomeWatch.Ceasefire.Rule, SomeWatch.Rule("north", "north").Rule], watch.Vocabulary),
        });
        var path = await ToldAsync(ports, "Truce in the north");

        await SayAsync(ports, path, "known");

        Assert.Equal(["ceasefire known", "north known"], ports.World.Ask("SELECT rule || ' ' || verdict FROM feedback JOIN alert ON alert.id = feedback.alert ORDER BY rule"));
    }

    private static void Ask(HostileWorld world) => world.Configure(watch => watch with
    {
        Channels = watch.Channels.ToDictionary(channel => channel.Key, channel => channel.Value is Channel.Email mail ? mail with { FeedbackBase = new("https://news.example.com/f/") } : channel.Value),
    });

    private static async Task<string> ToldAsync(OpenPorts ports, string headline = "Truce holds")
    {
        Ask(ports.World);
        var mail = await ports.World.TellAsync(headline);
        return new Uri(Links(mail.Message.TextBody)[0]).AbsolutePath;
    }

    private static async Task<(HttpStatusCode Status, string Body)> SayAsync(OpenPorts ports, string path, string verdict)
    {
        using var form = new FormUrlEncodedContent([new("verdict", verdict)]);
        using var answer = await ports.Public.PostAsync(new Uri(path, UriKind.Relative), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static List<string> Links(string? text) => [.. Link().Matches(text ?? "").Select(match => match.Value)];

    [GeneratedRegex(@"https://news\.example\.com/f/[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
