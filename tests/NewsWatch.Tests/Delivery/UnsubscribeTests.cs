using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsWatch.Cli;
using NewsWatch.Delivery;
using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Delivery;

public sealed class UnsubscribeTests
{
    private static readonly UnsubscribeGrant Grant = new("anna", "ceasefire-deadline", 7);

    [Fact]
    public async Task Looking_at_the_page_changes_nothing_and_one_click_does()
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        var waiting = await world.AddAsync();
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);

        using var page = await client.GetAsync(new Uri($"/u/{token}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<button>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Rows(world));

        using var click = await client.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        Assert.Equal(["anna rule:ceasefire-deadline one-click"], Rows(world));
        Assert.Equal("cancelled", world.Look(waiting).State);
    }

    [Theory]
    [InlineData("rule", "anna rule:ceasefire-deadline page")]
    [InlineData("story", "anna story:7 page")]
    [InlineData("all", "anna all page")]
    public async Task The_page_offers_three_scopes(string scope, string row)
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);

        using var answer = await client.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("scope", scope)]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([row], Rows(world));
    }

    [Fact]
    public async Task A_token_that_was_not_signed_here_does_nothing()
    {
        await using var world = new DeliveryWorld();
        await using var other = new DeliveryWorld();
        await using var web = await ServeAsync(world);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        var foreign = await other.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        var changed = (token[0] == 'A' ? 'B' : 'A') + token[1..];

        foreach (var forged in new[] { foreign, changed, token[..40], token + "AAAA", "x", "%2e%2e" })
        {
            using var answer = await client.PostAsync(new Uri($"/u/{forged}", UriKind.Relative), new FormUrlEncodedContent([new("scope", "all")]));
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Gone, HttpStatusCode.NotFound });
        }

        Assert.Empty(Rows(world));
    }

    [Theory]
    [InlineData(null, null, "rule")]
    [InlineData(null, null, "story")]
    [InlineData("ceasefire-deadline", null, "story")]
    [InlineData(null, 7L, "rule")]
    [InlineData("ceasefire-deadline", 7L, "rule:sanctions")]
    [InlineData("ceasefire-deadline", 7L, "subscriber")]
    public async Task A_token_grants_no_more_than_what_its_mail_was_about(string? rule, long? story, string scope)
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(new("anna", rule, story), CancellationToken.None);

        using var answer = await client.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("scope", scope)]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Rows(world));
    }

    [Fact]
    public async Task One_click_in_a_mail_about_several_rules_ends_them_all()
    {
        await using var world = new DeliveryWorld();
        await using var web = await ServeAsync(world);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(new("anna", null, null), CancellationToken.None);

        using var answer = await client.PostAsync(new Uri($"/u/{token}", UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));

        Assert.Equal(["anna all one-click"], Rows(world));
    }

    [Fact]
    public async Task A_link_in_a_mail_of_last_year_still_works_after_a_restart()
    {
        await using var world = new DeliveryWorld();
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(Grant, await new UnsubscribeTokens(world.Database).ReadAsync(token, CancellationToken.None));
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("done")]
    [InlineData("unknown")]
    public void The_pages_read_as_approved(string page)
    {
        var watch = SomeWatch.Default;
        var html = page switch
        {
            "ask" => UnsubscribePage.Ask(new("anna", "ceasefire", 7), watch),
            "done" => UnsubscribePage.Done("rule:ceasefire", new("anna", "ceasefire", 7), watch),
            _ => UnsubscribePage.Unknown(),
        };

        Snapshot.Approved(html, $"unsubscribe-{page}.html");
        Assert.DoesNotMatch("(?i)<script|src=|url\\(|anna", html);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_colour_of_the_pages_has_a_contrast_of_4_5(bool dark)
    {
        var sheet = new StyleSheet(UnsubscribePage.Style, dark);

        Assert.True(StyleSheet.Contrast(sheet["body", "color"]!, sheet["main", "background"]!) >= 4.5);
        Assert.True(StyleSheet.Contrast(sheet["button", "color"]!, sheet["button", "background"]!) >= 4.5);
    }

    [Fact]
    public async Task Who_unsubscribed_is_listed_and_an_undo_lets_mails_come_again()
    {
        await using var world = new DeliveryWorld();
        Assert.Equal(["Nobody unsubscribed."], Listed(world));
        await world.Database.WriteAsync(db => UnsubscribeStore.Add(db, "anna", "rule:ceasefire-deadline", "one-click", world.Clock.GetUtcNow()));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Database.WriteAsync(db => UnsubscribeStore.Add(db, "bert", "all", "page", world.Clock.GetUtcNow()));

        Assert.Equal(["2025-08-06 18:46:00  bert from everything, by the page", "2025-08-06 18:45:00  anna from rule ceasefire-deadline, by one click in a mail"], Listed(world));
        Assert.Equal(1, await world.Database.WriteAsync(db => UnsubscribeStore.Undo(db, "bert")));
        Assert.Equal(0, await world.Database.WriteAsync(db => UnsubscribeStore.Undo(db, "bert")));
        Assert.Single(Listed(world));
    }

    private static List<string> Listed(DeliveryWorld world) => [.. UnsubscribedCommand.Lines(world.Database.Read(UnsubscribeStore.All))];

    private static List<string> Rows(DeliveryWorld world) =>
        world.Database.Read(db => db.Query<string>("SELECT subscriber || ' ' || scope || ' ' || by FROM unsubscribed").ToList());

    private static async Task<WebApplication> ServeAsync(DeliveryWorld world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(world.Get<UnsubscribeTokens>()).AddSingleton(world.Configuration).AddSingleton(world.Database).AddSingleton<TimeProvider>(world.Clock);
        var app = builder.Build();
        app.MapUnsubscribe();
        await app.StartAsync();
        return app;
    }
}
