using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real program with sources that are no feeds: a news sitemap found by robots.txt, a page of links, a live blog.</summary>
public sealed class OtherKindsServiceTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_sitemap_a_page_of_links_and_a_live_blog_run_into_alerts_and_only_what_is_new_alerts()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await ConfigureAsync(desk, patience.Token);
        Show(desk, "known", 1);
        await OnceAsync(desk, patience.Token);
        Assert.Empty(desk.Mail.Accepted);

        Show(desk, "new", 2);
        await OnceAsync(desk, patience.Token);

        var subjects = desk.Mail.Accepted.Select(mail => mail.Subject).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(3, subjects.Count);
        Assert.All(["Harbour cease-fire announced", "Ministry statement number 2", "Second cease-fire hour passes quietly"], title => Assert.Single(subjects, subject => subject!.Contains(title, StringComparison.Ordinal)));
        Assert.DoesNotContain(desk.Http.Requests, request => request.Target.StartsWith("/private", StringComparison.Ordinal));
        Assert.Equal("partial|robots.txt does not allow this address", Assert.Single(desk.Ask("SELECT completeness || '|' || error FROM article JOIN page ON page.article = article.id WHERE url LIKE '%/private/2'")));
    }

    private static async Task ConfigureAsync(Newsroom desk, CancellationToken cancellation)
    {
        var configuration = desk.Configuration();
        var watch = configuration["NewsWatch"]!;
        watch["Defaults"]!["FirstRun"] = "baseline";
        watch["Subscribers"]!.AsObject().Remove("desk");
        watch["Channels"]!.AsObject().Remove("hook");
        watch["Sources"] = new JsonObject
        {
            ["sitemap"] = new JsonObject { ["Kind"] = "sitemap", ["Url"] = Url(desk, "/robots.txt") },
            ["ministry"] = new JsonObject { ["Kind"] = "page", ["Url"] = Url(desk, "/ministry"), ["Select"] = "main a", ["FullText"] = "always" },
            ["blog"] = new JsonObject { ["Kind"] = "live", ["Url"] = Url(desk, "/live") },
        };
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString(), cancellation);
    }

    private static async Task OnceAsync(Newsroom desk, CancellationToken cancellation)
    {
        await using var once = desk.Start(command: "run --once");
        Assert.True(await once.EndAsync(cancellation) == 0, once.Output);
    }

    /// <summary>What the site shows in its first and its second state.</summary>
    private static void Show(Newsroom desk, string state, int last)
    {
        desk.Http.Answer("/robots.txt", Reply.Text($"User-agent: *\nDisallow: /private\nSitemap: {Url(desk, "/news.xml")}\n"));
        desk.Http.Answer("/news.xml", Reply.Text(Sitemap(state == "new" ? ["Harbour cease-fire announced", "Old cease-fire talk"] : ["Old cease-fire talk"])));
        desk.Http.Answer("/ministry", Html("<main>" + string.Concat(Enumerable.Range(1, last).Select(n => $"<p><a href=\"/statements/{n}\">Ministry statement number {n}</a></p><p><a href=\"/private/{n}\">Ministry notice for the press number {n}</a></p>")) + "</main>"));
        for (var n = 1; n <= last; n++)
        {
            desk.Http.Answer($"/statements/{n}", Html($"<article><h1>Ministry statement number {n}</h1><p>The ministry said on its page that a cease-fire for day {n} is being prepared with the observers.</p><p>More will be told when the delegations have gone home, the speaker said on the phone.</p></article>"));
        }

        desk.Http.Answer("/live", Html($"<main><h1>Talks live</h1><p>We follow the talks in the capital as they go on all day.</p></main>", Blog(state == "new" ? ["First cease-fire hour begins", "Second cease-fire hour passes quietly"] : ["First cease-fire hour begins"])));
    }

    private static string Sitemap(string[] titles) =>
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\">"
        + string.Concat(titles.Select(title => $"<url><loc>https://news.example.com/{Uri.EscapeDataString(title)}</loc><n:news><n:publication_date>{Time(Now.AddMinutes(-30))}</n:publication_date><n:title>{title}</n:title></n:news></url>"))
        + "</urlset>";

    private static string Blog(string[] updates)
    {
        var entries = updates.Select((title, n) => (JsonNode)new JsonObject { ["@type"] = "BlogPosting", ["url"] = $"https://news.example.com/live#{n}", ["headline"] = title, ["articleBody"] = "Observers report from the place.", ["datePublished"] = Time(Now.AddMinutes(n - 20)) });
        return new JsonObject { ["@context"] = "https://schema.org", ["@type"] = "LiveBlogPosting", ["headline"] = "Talks live", ["liveBlogUpdate"] = new JsonArray([.. entries]) }.ToJsonString();
    }

    private static Reply Html(string body, string? ld = null) => Reply.Text(
        $"<html lang=\"en\"><head><title>News</title>{(ld is null ? "" : $"<script type=\"application/ld+json\">{ld}</script>")}</head><body>{body}</body></html>", ("Content-Type", "text/html; charset=utf-8"));

    private static string Url(Newsroom desk, string path) => $"http://127.0.0.1:{desk.Http.Port}{path}";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
