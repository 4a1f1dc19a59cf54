using System.Net;
using System.Net.Http.Headers;
using CsCheck;
using NewsWatch.Desk.Access;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Who may see the desk, and that looking changes nothing.</summary>
public sealed class AccessTests
{
    private static readonly (string, string)[] WithTokens = [("Web:OperatorToken", "all"), ("Web:ViewerToken", "look")];

    [Fact]
    public async Task A_stranger_is_led_to_the_sign_in_and_gets_nothing_else()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        foreach (var page in DeskWorld.Pages)
        {
            var (status, body) = await world.AskAsync(page);
            Assert.Equal((HttpStatusCode.Redirect, ""), (status, body));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await world.AskAsync("events")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.AskAsync("alerts", Bearer("wrong"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await world.AskAsync("sign-in")).Status);
    }

    [Theory]
    [InlineData("all", "anna@example.com")]
    [InlineData("look", "a…@example.com")]
    public async Task A_viewer_sees_no_address_of_a_person(string token, string address)
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        var bodies = new List<string>();
        foreach (var page in DeskWorld.Pages)
        {
            var (status, body) = await world.AskAsync(page, Bearer(token));
            Assert.Equal(HttpStatusCode.OK, status);
            bodies.Add(WebUtility.HtmlDecode(body));
        }

        Assert.Contains(bodies, body => body.Contains(address, StringComparison.Ordinal));
        Assert.Equal(token == "all", bodies.Exists(body => body.Contains("anna@example.com", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_opens_a_session_that_signing_out_ends()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var signedIn = await PostAsync(world, "sign-in", ("token", "look"), ("to", "/desk/alerts"));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Equal("/desk/alerts", signedIn.Headers.Location?.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        void Carry(HttpRequestMessage request) => request.Headers.Add("Cookie", cookie.Split(';')[0]);

        Assert.Equal(HttpStatusCode.OK, (await world.AskAsync("alerts", Carry)).Status);
        using var signedOut = await PostAsync(world, "sign-out", Carry);
        Assert.Equal(HttpStatusCode.Redirect, (await world.AskAsync("alerts", Carry)).Status);
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_hours_and_after_twelve_in_any_case()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        var sessions = world.Service.Get<Sessions>();
        var (idle, busy) = (sessions.Open(Role.Viewer, "viewer"), sessions.Open(Role.Operator, "ops"));
        for (var hour = 1; hour < 12; hour++)
        {
            world.Service.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("ops", sessions.Find(busy)?.Name);
        }

        Assert.Null(sessions.Find(idle));
        world.Service.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(sessions.Find(busy));
    }

    [Fact]
    public async Task The_link_of_the_command_signs_in_as_an_operator_once_and_for_five_minutes()
    {
        await using var world = await DeskWorld.OpenAsync();
        var database = world.Service.Database;
        var code = await OneTimeCode.CreateAsync(database, "ops", world.Service.Clock, CancellationToken.None);

        using var first = await PostAsync(world, "sign-in", ("token", code));
        using var second = await PostAsync(world, "sign-in", ("token", code));
        var late = await OneTimeCode.CreateAsync(database, "ops", world.Service.Clock, CancellationToken.None);
        world.Service.Clock.Advance(TimeSpan.FromMinutes(6));
        using var third = await PostAsync(world, "sign-in", ("token", late));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.DoesNotContain(code, string.Concat(world.Service.Ask("SELECT value FROM fact")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sixth_wrong_token_of_a_minute_is_not_looked_at()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await PostAsync(world, "sign-in", ("token", $"wrong-{attempt}"));
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var right = await PostAsync(world, "sign-in", ("token", "all"));
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.NotNull(right.Headers.RetryAfter);
        world.Service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await PostAsync(world, "sign-in", ("token", "all"));
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example.com")]
    [InlineData(null, null)]
    public async Task A_form_of_another_site_is_refused(string? site, string? origin)
    {
        await using var world = await DeskWorld.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/theme") { Content = new FormUrlEncodedContent([]) };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        request.Headers.TryAddWithoutValidation("Origin", origin);

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/desk/")]
    [InlineData("/desk//evil.example.com")]
    [InlineData("/desk/\\evil.example.com")]
    [InlineData("/metrics")]
    public async Task Signing_in_leads_to_no_other_site(string to)
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var answer = await PostAsync(world, "sign-in", ("token", "all"), ("to", to));

        Assert.Equal("/desk/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        await using var world = await DeskWorld.OpenAsync();
        var before = Tables(world);

        foreach (var page in DeskWorld.Pages)
        {
            Assert.Equal(HttpStatusCode.OK, (await world.AskAsync(page)).Status);
            Assert.Equal(HttpStatusCode.OK, (await world.AskAsync(page, request => request.Method = HttpMethod.Head)).Status);
        }

        Assert.Equal(before, Tables(world));
    }

    [Fact]
    public async Task Every_answer_carries_the_policy()
    {
        await using var world = await DeskWorld.OpenAsync();
        foreach (var page in (string[])[.. DeskWorld.Pages, "nothing", "alerts?odd=1", "sign-in"])
        {
            using var answer = await world.Client.GetAsync(new Uri($"/desk/{page}", UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task The_public_port_has_no_desk()
    {
        await using var ports = await NewsWatch.Tests.Support.OpenPorts.OpenAsync();
        using var answer = await ports.Public.GetAsync(new Uri("/desk/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_desk_that_is_off_has_no_page()
    {
        await using var world = await DeskWorld.EmptyAsync(("Web:Desk", "false"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.AskAsync("")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.AskAsync("sign-in")).Status);
    }

    [Theory]
    [InlineData("alerts?before=x", HttpStatusCode.BadRequest, "is not a whole number")]
    [InlineData("alerts?severity=loud", HttpStatusCode.BadRequest, "flash, urgent, routine")]
    [InlineData("alerts?colour=red", HttpStatusCode.BadRequest, "rule, severity, before")]
    [InlineData("decisions?before=1", HttpStatusCode.BadRequest, "no place in the list")]
    [InlineData("alerts/999", HttpStatusCode.NotFound, "no alert here")]
    [InlineData("articles/1?reading=999", HttpStatusCode.NotFound, "no reading here")]
    [InlineData("articles/999999999999999999999", HttpStatusCode.NotFound, "no article here")]
    [InlineData("sources/none", HttpStatusCode.NotFound, "no source here")]
    public async Task What_cannot_be_shown_is_said_with_what_can(string path, HttpStatusCode status, string says)
    {
        await using var world = await DeskWorld.OpenAsync();

        var answer = await world.AskAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Contains(says, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_requests_never_make_the_desk_fail()
    {
        await using var world = await DeskWorld.OpenAsync();
        var words = OneOf("alerts", "articles", "stories", "sources", "deliveries", "rules", "subscribers", "decisions", "configuration", "events2", "silences", "backtests", "acts", "replicas", "workbench", "api/v1", "api/v1/alerts", "api/v1/silences", "api/v1/backtests", "api/v1/openapi.json", "sign-in", "theme", "assets", "1", "0", "-1", "%00", "..%2f", "é", "a'b", "%", "");
        var queries = OneOf("", "?before=1", "?before=-1", "?before=9999999999999999999", "?q=%22", "?q=*", "?q=(", "?q=%00", "?q=a%20AND%20NOT", "?rule='", "?state=dead", "?subscriber=%ff", "?reading=0", "?before=1~2~3~4", "?x", "?=", "?&&");
        var methods = OneOf("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

        await Gen.Select(methods, words, words, queries).SampleAsync(
            async (method, first, second, query) =>
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/desk/{first}/{second}{query}", UriKind.Relative));
                request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
                using var answer = await world.Client.SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{method} {request.RequestUri}: {answer.StatusCode}");
            },
            iter: 10_000,
            threads: 4);
    }

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static string Tables(DeskWorld world) => string.Join('\n', world.Service.Ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_search%' ORDER BY name")
        .SelectMany(table => world.Service.Database.Read(db => db.Query<dynamic>($"SELECT * FROM {table}")).Select(row => $"{table}: {string.Join('|', ((IDictionary<string, object?>)row).Values)}")));

    private static Action<HttpRequestMessage> Bearer(string token) => request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, params (string Name, string Value)[] fields) => PostAsync(world, path, _ => { }, fields);

    private static async Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, Action<HttpRequestMessage> change, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/{path}") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        change(request);
        return await world.Client.SendAsync(request);
    }
}
