using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>A paragraph that stands in several articles of a site sets no rule off.</summary>
public sealed class RepeatedBlocksTests : IAsyncLifetime
{
    private const string Offer = "Our special on the long road to a truce is free for subscribers until the end of the month, and here is how to read it.";
    private readonly ArticleDesk _desk = new(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Always }, SomeWatch.Paper with { FullText = FullText.Always, DropRepeated = false }], [SomeWatch.Ceasefire], [SomeWatch.Anna]));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    /// <summary>Articles 1 to n of a source, each with a text of its own and the same offer.</summary>
    private async Task ReadAsync(string source, int count)
    {
        string[] places = ["harbour", "station", "airport", "market", "border", "bridge", "school", "tower"];
        for (var n = 0; n < count; n++)
        {
            var url = $"https://{source}.example.com/{source}/{n}";
            var own = string.Concat(Enumerable.Range(0, 6).Select(line => $"<p>The {places[n]} of the {source} opened late on day {line} because of snow, and {line + n + 3} trains were cancelled until noon.</p>"));
            _desk.Serve(url, $"Snow closes the {places[n]} near the {source}", $"{own}<p>{Offer}</p>");
            await _desk.AddAsync(source, $"Snow closes the {places[n]} near the {source}", url);
            await _desk.ProcessAsync();
        }
    }

    [Fact]
    public async Task It_is_left_out_once_it_was_seen_in_three_articles_and_what_was_learned_is_in_the_database()
    {
        await ReadAsync("wire", 6);

        Assert.Equal(RepeatedParagraphs.Enough, _desk.Alerts().Count);
        var texts = Enumerable.Range(1, 6).Select(id => _desk.Article(id).Text).ToList();
        Assert.Equal([true, true, true, false, false, false], texts.Select(text => text.Contains("special on the long road", StringComparison.Ordinal)));
        Assert.All(texts, text => Assert.Contains("opened late on day 5", text, StringComparison.Ordinal));
        Assert.True(_desk.Database.Read(db => BoilerplateStore.Find(db, "https://www.wire.example.com/another")).IsBoilerplate(Offer));
    }

    [Fact]
    public async Task One_site_learns_nothing_from_another_and_it_can_be_switched_off()
    {
        await ReadAsync("paper", 5);

        Assert.Equal(5, _desk.Alerts().Count);
    }

    [Fact]
    public async Task Sites_that_nothing_is_read_of_are_forgotten()
    {
        await ReadAsync("wire", 1);
        _desk.Clock.Advance(TimeSpan.FromDays(91));

        await _desk.Database.WriteAsync(db => Retention.DeleteBatch(db, RetentionTimes.Default, _desk.Clock.GetUtcNow()));

        Assert.Equal(0, _desk.Count("host_memory"));
    }
}
