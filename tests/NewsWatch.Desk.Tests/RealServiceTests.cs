using System.Net;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>The desk of the real program, in a process and a folder of its own: its files are edited, and it is killed.</summary>
[Collection(nameof(Journeys))]
public sealed class RealServiceTests(Browser browser)
{
    [BrowserTheory]
    [MemberData(nameof(EverywhereTests.Everywhere), MemberType = typeof(EverywhereTests))]
    public async Task An_entry_of_the_workbench_is_pasted_into_the_file_and_seen_in_force(int width, bool dark, bool byKeys)
    {
        await using var newsroom = await Newsroom.OpenAsync();
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var service = await LiveService.StartAsync(newsroom.Folder, patience.Token);
        await using var tab = await browser.OpenAsync(service.Site, width, dark: dark);
        await tab.GoAsync("/desk/rules/ceasefire");
        await tab.LoadingAsync(() => tab.ChooseAsync("main a[href^='/desk/workbench']", byKeys));
        await (byKeys ? tab.ReachAsync("#query") : tab.ClickAsync("#query"));
        await tab.EvaluateAsync("document.querySelector('#query').setSelectionRange(99, 99)");
        await tab.TypeAsync(" OR grain NEAR/5 exports");
        await tab.UntilAsync("document.querySelector('#entry')?.textContent.includes('grain NEAR/5 exports')");

        await PasteAsync(newsroom.ConfigurationFile, await tab.TextAsync("#entry"));
        await service.Process.SaysAsync(" is in force", patience.Token);
        await tab.GoAsync("/desk/rules/ceasefire");

        Assert.Contains("cease-fire OR grain NEAR/5 exports", await tab.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["0"], newsroom.Ask("SELECT count(*) FROM refusal"));
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal([], tab.Complaints);
    }

    [Fact]
    public async Task A_service_killed_amid_a_backtest_starts_again_says_so_and_has_lost_nothing()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        newsroom.Show("/one", "A cease-fire is near", "Grain exports rise");
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using (var first = newsroom.Start(command: "run --once"))
        {
            Assert.Equal(0, await first.EndAsync(patience.Token));
        }

        var before = Tables(newsroom);
        await using (var killed = await LiveService.StartAsync(newsroom.Folder, patience.Token, ("NEWSWATCH_CRASH_AT", "backtest:1")))
        {
            await BacktestAsync(killed.Site);
            Assert.NotEqual(0, await killed.Process.EndAsync(patience.Token));
        }

        Assert.Equal(before, Tables(newsroom));
        Assert.Equal(["ok"], newsroom.Ask("PRAGMA integrity_check"));
        await using var service = await LiveService.StartAsync(newsroom.Folder, patience.Token);
        Assert.Contains("The service ended before it did.", await BodyAsync(service, "/desk/backtests/1"), StringComparison.Ordinal);
        await BacktestAsync(service.Site);
        while (await BodyAsync(service, "/desk/backtests/2") is var page && !page.Contains("Would have alerted", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("The service ended", page, StringComparison.Ordinal);
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(before, Tables(newsroom));
        Assert.Equal(["2"], newsroom.Ask("SELECT count(*) FROM delivery WHERE state = 'sent'"));

        async Task<string> BodyAsync(LiveService asked, string path) => (await asked.AskAsync(path, patience.Token))!.Value.Body;
    }

    /// <summary>Puts an entry in the place of the rule of the same name, as a person does in an editor.</summary>
    private static async Task PasteAsync(string file, string entry)
    {
        const string Rule = "\"ceasefire\":{\"When\":\"cease-fire\",\"Severity\":\"urgent\"}";
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(Rule, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(Rule, entry, StringComparison.Ordinal));
    }

    private static async Task BacktestAsync(Uri site)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = site };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/backtests")
        {
            Content = new FormUrlEncodedContent([new("rule", "ceasefire"), new("query", "grain"), new("since", "all")]),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        try
        {
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The process may die before it has answered.
        }
    }

    /// <summary>How many rows each table has that news come into.</summary>
    private static string Tables(Newsroom newsroom) => string.Join(' ', ((string[])["item", "article", "story", "reading", "document", "alert", "verdict", "delivery", "attempt"])
        .Select(table => $"{table} {newsroom.Ask($"SELECT count(*) FROM {table}")[0]}"));
}
