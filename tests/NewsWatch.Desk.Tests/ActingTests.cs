using System.Net;
using System.Net.Http.Headers;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Desk.Tests;

/// <summary>What operators do on the desk: by forms that act once, and that nobody else may send.</summary>
public sealed class ActingTests
{
    private static readonly (string, string)[] WithTokens = [("Web:OperatorToken", "all"), ("Web:ViewerToken", "look")];
    private static readonly (string Name, string Value)[] Rule = [("key", "form-1"), ("scope", "rule"), ("target", "ceasefire"), ("for", "4h"), ("reason", "the printers strike")];

    [Fact]
    public async Task A_silence_of_the_desk_keeps_alerts_back_and_is_on_its_pages()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        var mails = world.Service.Told.Count;

        using var made = await PostAsync(world, "silences", Rule);
        await world.Service.TellAsync("Truce is signed at last", text: "The truce was signed.");

        Assert.Equal((HttpStatusCode.Redirect, "/desk/silences/2"), (made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Equal(mails, world.Service.Told.Count);
        var (page, rule, decisions) = (await LookAsync(world, "silences/2"), await LookAsync(world, "rules/ceasefire"), await LookAsync(world, "decisions"));
        Assert.Contains("Truce is signed at last", page, StringComparison.Ordinal);
        Assert.Contains("the printers strike", rule, StringComparison.Ordinal);
        Assert.Contains("by a program: the printers strike (silence 2)", decisions, StringComparison.Ordinal);
        Assert.Contains("newswatch_silences{scope=\"rule\"} 1", world.Service.MetricsPage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_that_is_ended_lets_the_next_alert_go_and_both_acts_are_recorded()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        using var made = await PostAsync(world, "silences", Rule);
        using var extended = await PostAsync(world, "silences/2/extend", ("for", "8h"));
        using var ended = await PostAsync(world, "silences/2/end");
        using var again = await PostAsync(world, "silences/2/end");

        await world.Service.TellAsync("Truce is signed at last", text: "The truce was signed.");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (extended.StatusCode, ended.StatusCode, again.StatusCode));
        Assert.Contains("Truce is signed at last", world.Service.Told[^1], StringComparison.Ordinal);
        Assert.Equal(["silence", "silence", "extend", "end"], world.Service.Ask("SELECT what FROM act ORDER BY id"));
        Assert.Contains("silence 2, ended before its time", await LookAsync(world, "acts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_acts_once()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var first = await PostAsync(world, "silences", Rule);
        using var second = await PostAsync(world, "silences", Rule);

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(["2"], world.Service.Ask("SELECT count(*) FROM silence"));
    }

    [Fact]
    public async Task A_source_is_paused_and_polled_again_on_its_page_and_both_acts_are_recorded()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        var source = world.Service.Configuration.Sources.Keys.First();

        using var paused = await PostAsync(world, $"sources/{source}/pause", ("for", "4h"), ("reason", "its server moves"));
        var page = await LookAsync(world, $"sources/{source}");
        using var wrong = await PostAsync(world, $"sources/{source}/pause", ("for", "31d"), ("reason", "x"));
        using var refused = await PostAsync(world, $"sources/{source}/resume", "look", []);
        using var resumed = await PostAsync(world, $"sources/{source}/resume");
        using var again = await PostAsync(world, $"sources/{source}/resume");

        Assert.Equal((HttpStatusCode.Redirect, $"/desk/sources/{source}"), (paused.StatusCode, paused.Headers.Location?.ToString()));
        Assert.Contains("Paused until", page, StringComparison.Ordinal);
        Assert.Contains("its server moves", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (wrong.StatusCode, refused.StatusCode, resumed.StatusCode, again.StatusCode));
        Assert.Equal(["silence", "pause", "refused", "resume"], world.Service.Ask("SELECT what FROM act ORDER BY id"));
        Assert.DoesNotContain("Pause this source", await LookAsync(world, $"sources/{source}", "look"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_sent_again_only_while_it_is_given_up_and_the_act_is_recorded()
    {
        await using var world = await DeskWorld.EmptyAsync(WithTokens);
        world.Service.Hook.Next(410);
        await world.Service.TellAsync("Truce holds along the northern line");
        var dead = world.Service.Ask("SELECT id FROM delivery WHERE state = 'dead'")[0];
        var mails = world.Service.Told.Count;

        using var refused = await PostAsync(world, $"deliveries/{dead}/replay", "look", []);
        using var first = await PostAsync(world, $"deliveries/{dead}/replay");
        using var second = await PostAsync(world, $"deliveries/{dead}/replay");
        await world.Service.SettleAsync();
        using var third = await PostAsync(world, $"deliveries/{dead}/replay");

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Redirect, HttpStatusCode.Conflict, HttpStatusCode.Conflict],
            ((HttpResponseMessage[])[refused, first, second, third]).Select(answer => answer.StatusCode));
        Assert.Contains("Only a message that was given up is sent again", await third.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(world.Service.Hook.Accepted);
        Assert.Equal(mails, world.Service.Told.Count);
        Assert.Equal(["refused", "replay"], world.Service.Ask("SELECT what FROM act ORDER BY id"));
        Assert.Contains($"delivery {dead}", await LookAsync(world, "acts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_acts_on_nothing_and_the_attempt_is_recorded()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        foreach (var path in (string[])["silences", "silences/1/end", "silences/1/extend"])
        {
            using var refused = await PostAsync(world, path, "look", Rule);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using var stranger = await PostAsync(world, path, "wrong", Rule);
            Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        }

        Assert.Equal(["1 "], world.Service.Ask("SELECT count(*) || ' ' || coalesce(max(ended), '') FROM silence"));
        Assert.Equal(["silence", "refused", "refused", "refused"], world.Service.Ask("SELECT what FROM act ORDER BY id"));
        Assert.DoesNotContain("<form method=\"post\" action=\"/desk/silences", await LookAsync(world, "silences/1", "look"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_s_form_makes_no_silence()
    {
        await using var world = await DeskWorld.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/silences") { Content = Form(Rule) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Forbidden, "1"), (answer.StatusCode, Assert.Single(world.Service.Ask("SELECT count(*) FROM silence"))));
    }

    [Theory]
    [InlineData("target", "ceasefir", "Did you mean")]
    [InlineData("for", "31d", "Use 1m to 30d.")]
    [InlineData("reason", "x", "Write a reason of 3 to 200 characters")]
    public async Task What_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(string field, string value, string says)
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var answer = await PostAsync(world, "silences", [.. Rule.Where(given => given.Name != field), (field, value)]);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(says, body, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}-problem\"", body, StringComparison.Ordinal);
        Assert.All(Rule.Where(given => given.Name is not ("key" or "scope") && given.Name != field), given => Assert.Contains($"value=\"{given.Value}\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_form_says_what_a_silence_would_have_kept_back()
    {
        await using var world = await DeskWorld.OpenAsync();

        var body = (await world.AskAsync("silences/new?scope=rule&target=ceasefire&for=4h&reason=strike")).Body;

        Assert.Contains("it would have kept back 4 deliveries to 2 subscribers in 2 stories", body, StringComparison.Ordinal);
        Assert.Equal(["1"], world.Service.Ask("SELECT count(*) FROM silence"));
    }

    [Fact]
    public async Task Hostile_reasons_are_text()
    {
        await using var world = await DeskWorld.OpenAsync();
        foreach (var payload in Payloads.All.Values)
        {
            await world.SilenceAsync(Core.Alerts.SilenceScope.Rule, "ceasefire", payload);
        }

        foreach (var page in (string[])["", "silences", "silences/2", "rules/ceasefire", "acts"])
        {
            var (status, body) = await world.AskAsync(page);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("<script>", body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", body, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<string> LookAsync(DeskWorld world, string page, string token = "all") =>
        WebUtility.HtmlDecode((await world.AskAsync(page, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token))).Body);

    private static Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, params (string Name, string Value)[] fields) => PostAsync(world, path, "all", fields);

    private static async Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, string token, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/{path}") { Content = Form(fields) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await world.Client.SendAsync(request);
    }

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
