using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Cli;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Messages;
using NewsWatch.Tests.Support;
using NewsWatch.Web;

namespace NewsWatch.Tests.Delivery;

public sealed class UnsubscribeTests
{
    private const string Story = "00000000000000aa";
    private static readonly UnsubscribeGrant Grant = new("anna", "ceasefire-deadline", Story);

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
    [InlineData("story", "anna story:00000000000000aa page")]
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

        foreach (var forged in new[] { foreign, changed, token[..20], token + "AAAA", "x", "%2e%2e" })
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
    [InlineData(null, Story, "rule")]
    [InlineData("ceasefire-deadline", Story, "rule:sanctions")]
    [InlineData("ceasefire-deadline", Story, "subscriber")]
    public async Task A_token_grants_no_more_than_what_its_mail_was_about(string? rule, string? story, string scope)
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
    public async Task A_token_is_short_shows_nothing_and_is_the_same_each_time()
    {
        await using var world = new DeliveryWorld();
        var tokens = world.Get<UnsubscribeTokens>();
        var token = await tokens.CreateAsync(Grant, CancellationToken.None);
        var others = new List<string>();
        foreach (var other in new UnsubscribeGrant[] { new("bert", "ceasefire-deadline", Story), new("anna", "ceasefire-deadline", null), new("anna", null, null) })
        {
            others.Add(await tokens.CreateAsync(other, CancellationToken.None));
            Assert.Equal(other, await tokens.ReadAsync(others[^1], CancellationToken.None));
        }

        Assert.Equal(32, token.Length);
        Assert.Equal(token, await tokens.CreateAsync(Grant, CancellationToken.None));
        Assert.All(others, other => Assert.True(System.Buffers.Text.Base64Url.DecodeFromChars(token).Zip(System.Buffers.Text.Base64Url.DecodeFromChars(other)).Count(pair => pair.First == pair.Second) < 6));
    }

    [Fact]
    public async Task Each_changed_letter_of_a_token_makes_it_no_token()
    {
        await using var world = new DeliveryWorld();
        var tokens = world.Get<UnsubscribeTokens>();
        var token = await tokens.CreateAsync(Grant, CancellationToken.None);
        for (var at = 0; at < token.Length; at++)
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.Null(await tokens.ReadAsync(changed, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_token_of_after_the_backup_works_on_the_backup_and_for_its_own_story()
    {
        await using var world = new DeliveryWorld();
        await world.Get<UnsubscribeTokens>().CreateAsync(new("anna", null, null), CancellationToken.None);
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        await world.Database.WriteAsync(db => Stored.Delete(db, "unsubscribe_name", new { name = Stored.Column<string>(db, "unsubscribe_name", "name").Where(name => name.StartsWith("rule/", StringComparison.Ordinal)).ToArray() }));

        var restored = new UnsubscribeTokens(world.Database, new(SomeWatch.Default with { Rules = new Dictionary<string, WatchRule> { ["ceasefire-deadline"] = SomeWatch.Ceasefire } }));

        Assert.Equal(Grant, await restored.ReadAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_of_a_rule_that_this_database_never_knew_is_good_for_nothing()
    {
        await using var world = new DeliveryWorld();
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        await world.Database.WriteAsync(db => Stored.Delete(db, "unsubscribe_name", new { name = Stored.Column<string>(db, "unsubscribe_name", "name").Where(name => name.StartsWith("rule/", StringComparison.Ordinal)).ToArray() }));

        Assert.Null(await new UnsubscribeTokens(world.Database, new(SomeWatch.Of([], [], [SomeWatch.Anna]))).ReadAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Two_names_never_share_a_number()
    {
        await using var world = new DeliveryWorld();
        var key = new byte[32];
        var anna = await world.Database.WriteAsync(db => UnsubscribeNames.NumberOf(db, key, "subscriber/anna"));
        await world.Database.WriteAsync(db => Stored.Set(db, "unsubscribe_name", new { name = "subscriber/bert" }));

        var again = await world.Database.WriteAsync(db => UnsubscribeNames.NumberOf(db, key, "subscriber/anna"));

        Assert.NotEqual(anna, again);
        Assert.Equal("subscriber/bert", world.Database.Read(db => UnsubscribeNames.NameOf(db, anna)));
    }

    [Fact]
    public async Task A_link_of_an_old_mail_works_for_its_rule_and_names_no_story_by_number()
    {
        await using var world = new DeliveryWorld();
        await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        var key = Convert.FromBase64String(world.Database.Read(db => InstallationSettings.Get(db, "unsubscribe-key"))!);
        var body = """{"Subscriber":"anna","Rule":"ceasefire-deadline","Story":7}"""u8.ToArray();
        var token = System.Buffers.Text.Base64Url.EncodeToString([.. System.Security.Cryptography.HMACSHA256.HashData(key, (byte[])[.. "unsubscribe 1\n"u8, .. body]), .. body]);

        Assert.Equal(Grant with { Story = null }, await world.Get<UnsubscribeTokens>().ReadAsync(token, CancellationToken.None));
        Assert.Null(await world.Get<UnsubscribeTokens>().ReadAsync(token[..50] + "AA" + token[52..], CancellationToken.None));
    }

    [Fact]
    public async Task A_link_in_a_mail_of_last_year_still_works_after_a_restart()
    {
        await using var world = new DeliveryWorld();
        var token = await world.Get<UnsubscribeTokens>().CreateAsync(Grant, CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(Grant, await new UnsubscribeTokens(world.Database, world.Configuration).ReadAsync(token, CancellationToken.None));
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
            "ask" => UnsubscribePage.Ask(new("anna", "ceasefire", Story), watch),
            "done" => UnsubscribePage.Done("rule:ceasefire", new("anna", "ceasefire", Story), watch),
            _ => UnsubscribePage.Unknown(),
        };

        Snapshot.Approved(html, $"unsubscribe-{page}.html");
        Assert.DoesNotMatch("(?i)<script|src=|url\\(|anna", html);
    }

    [Theory]
    [InlineData("anna.berg@example.com", "a***@example.com")]
    [InlineData("ab@example.com", "***@example.com")]
    [InlineData("\U0001F40Edesk@example.com", "\U0001F40E***@example.com")]
    public void The_pages_say_whose_mails_they_are_about_and_no_whole_address(string address, string shown)
    {
        var watch = SomeWatch.Of([], [], [SomeWatch.Anna with { Email = address }]);
        foreach (var html in new[] { UnsubscribePage.Ask(new("anna", null, null), watch), UnsubscribePage.Done("all", new("anna", null, null), watch) })
        {
            Assert.Contains($"<p>Mails to <b>{shown}</b></p>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_page_for_a_subscriber_who_is_configured_no_more_names_no_address() =>
        Assert.DoesNotContain("@example", UnsubscribePage.Ask(new("gone", null, null), SomeWatch.Default), StringComparison.Ordinal);

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
        Assert.Equal(["No subscriber has unsubscribed."], Listed(world));
        await world.Database.WriteAsync(db => UnsubscribeStore.Add(db, new("anna", "rule:ceasefire-deadline", world.Clock.GetUtcNow(), "one-click")));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Database.WriteAsync(db => UnsubscribeStore.Add(db, new("bert", "all", world.Clock.GetUtcNow(), "page")));

        Assert.Equal(["2025-08-06 18:46:00  bert from everything, by the page", "2025-08-06 18:45:00  anna from rule ceasefire-deadline, by one click in a mail"], Listed(world));
        Assert.Equal(1, await world.Database.WriteAsync(db => UnsubscribeStore.Undo(db, "bert")));
        Assert.Equal("bert gets alerts again from now on. Alerts that were cancelled meanwhile do not come back.", UnsubscribedCommand.Undone("bert", 1));
        Assert.Equal(0, await world.Database.WriteAsync(db => UnsubscribeStore.Undo(db, "bert")));
        Assert.Single(Listed(world));
    }

    private static UnsubscribeRegister Register(DeliveryWorld world) =>
        new(world.Database, new([]), RetentionTimes.Default, world.Clock, NullLogger<UnsubscribeRegister>.Instance);

    private static List<string> Listed(DeliveryWorld world) => [.. UnsubscribedCommand.Lines(world.Database.Read(UnsubscribeStore.All))];

    private static IReadOnlyList<string> Rows(DeliveryWorld world) =>
        world.Database.Read(db => Stored.Texts(db, "unsubscribed", "subscriber", "scope", "by"));

    private static async Task<WebApplication> ServeAsync(DeliveryWorld world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(world.Get<UnsubscribeTokens>()).AddSingleton(world.Configuration).AddSingleton(Register(world));
        var app = builder.Build();
        app.MapUnsubscribe();
        await app.StartAsync();
        return app;
    }
}
