using NewsWatch.Ledger;
using NewsWatch.Tests.Processing;

namespace NewsWatch.Tests.Ledger;

/// <summary>Why a reader heard of a change, or did not: the headline that was told, each change since, and why one was not told.</summary>
public sealed class ChangeHistoryTests
{
    private const string Url = "https://wire.example.com/world/truce";
    private const string Headline = "Truce of 48 hours begins in the valley";

    [Fact]
    public async Task It_names_the_headline_that_was_told_and_each_change_since()
    {
        await using var desk = new ArticleDesk();
        await SeeAsync(desk, Headline, 0);
        await SeeAsync(desk, "Truce of 72 hours begins in the valley", 5);
        await SeeAsync(desk, "Truce of 72 hours begins in the vallley", 10);
        await SeeAsync(desk, "WITHDRAWN: Truce of 72 hours begins in the valley", 20);

        Assert.Equal(
            [
                "2025-08-06 12:00 +00:00  told as \"Truce of 48 hours begins in the valley\"",
                "2025-08-06 12:05 +00:00  ceasefire: corrected (number): \"Truce of 48 hours begins in the valley\" became \"Truce of 72 hours begins in the valley\"",
                "2025-08-06 12:10 +00:00  ceasefire: not told: changed (headline reworded), but nothing that the alert said",
                "2025-08-06 12:20 +00:00  ceasefire: withdrawn (withdrawal notice): \"(nothing)\" became \"WITHDRAWN: Truce of 72 hours begins in the valley\"",
            ],
            Changes(desk));
    }

    [Fact]
    public async Task An_article_that_is_as_it_was_told_has_no_history()
    {
        await using var desk = new ArticleDesk();
        await SeeAsync(desk, Headline, 0);

        Assert.Empty(Changes(desk));
    }

    private static IReadOnlyList<string> Changes(ArticleDesk desk) => new LedgerQueries(desk.Database, desk.Configuration).Why(Url, "anna").Changes;

    private static async Task SeeAsync(ArticleDesk desk, string title, int minute)
    {
        desk.Clock.SetUtcNow(ArticleDesk.Noon.AddMinutes(minute));
        await desk.AddAsync("wire", title, Url, key: "1");
        await desk.ProcessAsync();
    }
}
