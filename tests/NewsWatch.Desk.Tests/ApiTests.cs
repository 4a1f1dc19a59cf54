using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsWatch.Backtest;
using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>The desk for programs: what pages show, as JSON.</summary>
public sealed partial class ApiTests
{
    private const string Rule = """{"scope":"rule","target":"ceasefire","for":"4h","reason":"the printers strike"}""";
    private static readonly (string, string)[] WithTokens = [("Web:OperatorToken", "all"), ("Web:ViewerToken", "look")];

    [Fact]
    public async Task The_description_of_the_api_is_the_approved_one()
    {
        await using var world = await DeskWorld.EmptyAsync();

        Snapshot.Approved((await world.AskAsync("api/v1/openapi.json")).Body, "openapi.json");
    }

    [Fact]
    public async Task Each_address_answers_and_takes_the_filters_of_its_description()
    {
        await using var world = await DeskWorld.OpenAsync();
        using var ran = await PostAsync(world, "backtests", "", """{"rule":"ceasefire","query":"pier","since":"all"}""");
        await world.Service.Get<BacktestQueue>().IdleAsync();
        var schemas = JsonNode.Parse((await world.AskAsync("api/v1/openapi.json")).Body)!["components"]!["schemas"]!;
        foreach (var (path, operations) in await PathsAsync(world))
        {
            if (operations!["get"] is not { } get)
            {
                continue;
            }

            var address = path.Replace("{id}", IdOf(path), StringComparison.Ordinal);
            var (status, body) = await world.AskAsync(address["/desk/".Length..]);
            Assert.True(status == HttpStatusCode.OK, $"{address}: {status} {body}");
            var schema = schemas[get["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1]]!;
            Assert.Equal(schema["properties"]!.AsObject().Select(field => field.Key).Order(), JsonNode.Parse(body)!.AsObject().Select(field => field.Key).Order());

            var filters = get["parameters"]!.AsArray().Where(one => one!["in"]!.GetValue<string>() == "query").Select(one => one!["name"]!.GetValue<string>()).Order();
            var odd = JsonNode.Parse((await world.AskAsync($"{address["/desk/".Length..]}?odd=1")).Body)!;
            Assert.Equal(400, odd["status"]!.GetValue<int>());
            var allowed = odd["detail"]!.GetValue<string>().Split("Allowed: ")[1].TrimEnd('.');
            Assert.Equal(filters, allowed == "none" ? [] : allowed.Split(", ").Order());
        }
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("stories")]
    [InlineData("articles")]
    [InlineData("deliveries")]
    [InlineData("sources")]
    [InlineData("rules")]
    [InlineData("subscribers")]
    [InlineData("silences")]
    public async Task A_program_reads_the_rows_that_the_page_shows(string list)
    {
        await using var world = await DeskWorld.OpenAsync();

        var page = WebUtility.HtmlDecode((await world.AskAsync(list)).Body);
        var rows = JsonNode.Parse((await world.AskAsync($"api/v1/{list}")).Body)!["items"]!.AsArray().Select(row => $"{row!["id"]}").ToList();

        Assert.NotEmpty(rows);
        Assert.Equal(Row().Matches(page).Select(row => row.Groups["address"].Value).Where(address => address.StartsWith($"/desk/{list}/", StringComparison.Ordinal)).Select(address => address.Split('/')[^1].Split('?')[0]).Distinct(), rows);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_links()
    {
        await using var world = await DeskWorld.EmptyAsync();
        for (var number = 0; number < 55; number++)
        {
            await world.Service.TellAsync($"Truce of the day number {number}");
        }

        var first = JsonNode.Parse((await world.AskAsync("api/v1/alerts?rule=ceasefire")).Body)!;
        var second = JsonNode.Parse(await world.Client.GetStringAsync(new Uri(first["next"]!.GetValue<string>(), UriKind.Relative)))!;

        Assert.StartsWith("/desk/api/v1/alerts?rule=ceasefire&before=", first["next"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(55, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(alert => alert!["id"]!.GetValue<long>()).Distinct().Count());
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task A_stranger_reads_nothing_and_a_viewer_no_address_of_a_person()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        foreach (var (path, operations) in await PathsAsync(world))
        {
            if (operations!["get"] is null || path.Contains("backtests/", StringComparison.Ordinal))
            {
                continue;
            }

            var address = path["/desk/".Length..].Replace("{id}", IdOf(path), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.AskAsync(address)).Status);
            var (status, body) = await world.AskAsync(address, Bearer("look"));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("anna@example.com", body, StringComparison.Ordinal);
        }

        Assert.Contains("anna@example.com", (await world.AskAsync("api/v1/subscribers", Bearer("all"))).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await world.AskAsync("api/v1/openapi.json")).Status);
    }

    [Fact]
    public async Task An_act_with_one_key_is_done_once_and_recorded()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var first = await PostAsync(world, "silences", "all", Rule, "key-1");
        using var second = await PostAsync(world, "silences", "all", Rule, "key-1");
        using var ended = await PostAsync(world, "silences/2/end", "all", "{}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode, ended.StatusCode));
        Assert.Equal("""{"id":2,"self":"/desk/api/v1/silences/2"}""", await first.Content.ReadAsStringAsync());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(["silence", "silence", "end"], world.Service.Ask("SELECT what FROM act ORDER BY id"));
    }

    [Theory]
    [InlineData("look", Rule, HttpStatusCode.Forbidden, "Nothing was changed.")]
    [InlineData("wrong", Rule, HttpStatusCode.Unauthorized, "Web:OperatorToken")]
    [InlineData("all", """{"scope":"rule","target":"ceasefir","for":"4h","reason":"strike"}""", HttpStatusCode.UnprocessableEntity, "Did you mean")]
    [InlineData("all", """{"scope":"rule","target":"ceasefire","hours":4}""", HttpStatusCode.BadRequest, "hours is no field of this act. Allowed: scope, target, for, reason, flash, send, or.")]
    [InlineData("all", "[]", HttpStatusCode.BadRequest, "no JSON object")]
    [InlineData("all", "{", HttpStatusCode.BadRequest, "no JSON")]
    public async Task What_cannot_be_done_says_why_and_changes_nothing(string token, string body, HttpStatusCode status, string says)
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);

        using var answer = await PostAsync(world, "silences", token, body);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(says, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["1"], world.Service.Ask("SELECT count(*) FROM silence"));
    }

    [Fact]
    public async Task Another_site_s_script_changes_nothing()
    {
        await using var world = await DeskWorld.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/api/v1/backtests") { Content = new StringContent("""{"query":"pier"}""") };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(world.Service.Ask("SELECT id FROM backtest"));
    }

    [Fact]
    public async Task How_long_alerts_took_counts_those_that_left_in_a_group()
    {
        await using var world = await DeskWorld.EmptyAsync();
        world.Service.Configure(watch => watch with { Routes = new() { GroupBy = GroupBy.Story } });
        await world.Service.TellAsync("Truce holds along the northern line");

        var now = JsonNode.Parse((await world.AskAsync("api/v1/now")).Body)!;

        Assert.Equal(["group"], world.Service.Ask("SELECT DISTINCT kind FROM delivery"));
        Assert.NotNull(now["median_seconds"]);
    }

    private static async Task<JsonObject> PathsAsync(DeskWorld world) => JsonNode.Parse((await world.AskAsync("api/v1/openapi.json")).Body)!["paths"]!.AsObject();

    private static string IdOf(string path) => path.Split('/') switch
    {
        [.., "rules", _] => "ceasefire",
        [.., "subscribers", _] => "anna",
        [.., "sources", _] => "told-1",
        _ => "1",
    };

    private static Action<HttpRequestMessage> Bearer(string token) => request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static async Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, string token, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (token.Length > 0)
        {
            Bearer(token)(request);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await world.Client.SendAsync(request);
    }

    [GeneratedRegex("<a data-open[^>]* href=\"(?<address>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
