using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsWatch.Delivery;
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
