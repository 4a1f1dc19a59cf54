using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Text;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class ArchiveTests : IAsyncLifetime
{
    private const string Url = "https://wire.example.com/talks";
    private const string Title = "Cease-fire talks open";
    private readonly ArticleDesk _desk = new(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Auto }, SomeWatch.Paper], [SomeWatch.Ceasefire], [SomeWatch.Anna]));

    [Theory]
    [InlineData("")]
    [InlineData("A truce, says Zelenskyy: \"Пе́ремир'я\" 停戦 🕊.")]
    public void A_packed_text_is_read_as_it_was(string text)
    {
        Assert.Equal(text, PackedText.Unpack(PackedText.Pack(text)));
        var longer = string.Concat(Enumerable.Repeat(text + " and on it goes", 20_000));
        Assert.Equal(longer, PackedText.Unpack(PackedText.Pack(longer)));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 200, 0, 0, 0, 11, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })]
    public void Bytes_that_are_no_packed_text_are_refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => PackedText.Unpack(bytes));

    [Fact]
    public async Task Every_commit_keeps_what_rules_saw_also_when_the_article_changes_later()
    {
        await ReadAsync("wire", Title, "The delegations meet at noon.");
        await ReadAsync("wire", Title, "The delegations meet at six.");
        await ReadAsync("paper", Title, "Talks at six, says the Gazette, of which the Wire knew at noon.");

        var readings = Readings();
        Assert.Equal(
            [(ReadingStage.Headline, ArticleChange.New, "wire"), (ReadingStage.Headline, ArticleChange.Edit, "wire"), (ReadingStage.Copy, ArticleChange.Copy, "paper")],
            readings.Select(reading => (reading.Stage, reading.Change, reading.Source)));
        Assert.Equal(
            ["The delegations meet at noon.", "The delegations meet at six.", "Talks at six, says the Gazette, of which the Wire knew at noon."],
            readings.Select(reading => Document(reading).Text));
        Assert.All(readings, reading => Assert.Equal(_desk.Configuration.Current.Version, reading.Configuration));
    }

    [Fact]
    public async Task A_page_is_a_reading_of_its_own()
    {
        _desk.Serve(Url, Title, string.Join(' ', Enumerable.Repeat("The delegations met in the capital, and spoke of a truce in the north.", 12)));
        await ReadAsync("wire", Title, "They meet.");

        Assert.Equal([ReadingStage.Headline, ReadingStage.Page], Readings().Select(reading => reading.Stage));
        Assert.StartsWith("The delegations met", Document(Readings()[1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_rules_see_again_is_one_document()
    {
        await ReadAsync("wire", Title, "The same words.");
        await ReadAsync("paper", Title, "The same words.");

        Assert.Equal((2, 1), (_desk.Count("reading"), _desk.Count("document")));
    }

    [Fact]
    public async Task An_item_that_is_done_leaves_its_text_to_the_archive()
    {
        var item = await ReadAsync("wire", Title, "The delegations meet.");

        Assert.Equal(("done", ""), (_desk.Item("state", item), _desk.Item("payload", item)));
        Assert.Equal("The delegations meet.", _desk.Article().Text);
    }

    [Fact]
    public async Task Each_rule_that_fired_is_kept_with_its_hits_whether_it_alerted_or_not()
    {
        await ReadAsync("wire", Title, "A truce is near.");
        await ReadAsync("wire", Title, "A truce is very near.");

        var first = Assert.Single(Matches(Readings()[0]));
        Assert.Equal(("ceasefire", true), (first.Rule, first.Alerted));
        Assert.Equal(["ceasefire", "truce"], first.Clauses);
        Assert.Equal([(Field.Title, 0, 10, "ceasefire"), (Field.Body, 2, 5, "truce")], first.Hits.Select(hit => (hit.Field, hit.Start, hit.Length, hit.Clause)));
        Assert.False(Assert.Single(Matches(Readings()[1])).Alerted);
    }

    [Fact]
    public async Task A_verdict_names_its_reading_and_its_reason()
    {
        await ReadAsync("wire", Title, "A truce is near.");
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReadAsync("wire", Title, "A truce is very near.");

        var verdicts = _desk.Database.Read(db => VerdictStore.OfArticle(db, 1));

        Assert.Equal(
            [(Readings()[1].Id, VerdictReason.SameStory, ""), (Readings()[0].Id, VerdictReason.AtOnce, "anna")],
            verdicts.Select(verdict => (verdict.Reading!.Value, verdict.Reason!.Value, verdict.Subscriber)));
    }

    [Fact]
    public async Task Readings_go_with_time_and_documents_with_the_last_that_names_them()
    {
        await ReadAsync("wire", Title, "Version one.");
        _desk.Clock.Advance(TimeSpan.FromDays(60));
        await ReadAsync("wire", Title, "Version two.");
        _desk.Clock.Advance(TimeSpan.FromDays(40));
        await ReadAsync("wire", Title, "Version one.");
        await ReadAsync("wire", Title, "Version four.");

        await DeleteAsync();

        Assert.Equal(["Version two.", "Version one.", "Version four."], Readings().Select(reading => Document(reading).Text));
        _desk.Clock.Advance(TimeSpan.FromDays(89));
        await DeleteAsync();
        Assert.Equal((2, 3), (_desk.Count("reading"), _desk.Count("document"))); // the version that was told stays as long as its article
        _desk.Clock.Advance(TimeSpan.FromDays(2));
        await DeleteAsync();
        Assert.Equal("Version four.", _desk.Article().Text);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    private async Task<long> ReadAsync(string source, string title, string text)
    {
        var item = await _desk.AddAsync(source, title, Url, text);
        await _desk.ProcessAsync();
        return item;
    }

    /// <summary>As the nightly job does; the item stands at its source still, so that the story stays.</summary>
    private async Task DeleteAsync()
    {
        while (await _desk.Database.WriteAsync(db => Retention.DeleteBatch(db, RetentionTimes.Default, _desk.Clock.GetUtcNow())) > 0)
        {
            // until nothing is over
        }
    }

    private IReadOnlyList<ArchivedReading> Readings() => _desk.Database.Read(db => ReadingStore.OfArticle(db, 1));

    private IReadOnlyList<ArchivedMatch> Matches(ArchivedReading reading) => _desk.Database.Read(db => MatchStore.Of(db, reading.Id));

    private StoredDocument Document(ArchivedReading reading) => _desk.Database.Read(db => DocumentStore.Find(db, reading.Document)!);
}
