using Microsoft.Extensions.Time.Testing;
using NewsWatch.Storage;
using NewsWatch.Storage.Subscribers;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>What a restore of an older backup must not forget.</summary>
public sealed class UnsubscribeJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-journal-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 8, 6, 21, 0, 0, TimeSpan.Zero));
    private readonly RecordingLog<UnsubscribeRegister> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restored_database_learns_of_newer_unsubscriptions_and_undos()
    {
        await using var live = new TestDatabase();
        await using var backup = new TestDatabase();
        await AddAsync(live, "carl", "all");
        await backup.Database.WriteAsync(db => UnsubscribeStore.Add(db, new("carl", "all", _clock.GetUtcNow(), "page")));
        await AddAsync(live, "anna", "rule:ceasefire");
        await AddAsync(live, "bert", "all");
        await Of(live).UndoAsync("bert", CancellationToken.None);
        await Of(live).UndoAsync("carl", CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(live, "bert", "story:00000000000000aa");

        await Of(backup).ReplayAsync(CancellationToken.None);

        Assert.Equal(Rows(live), Rows(backup));
        Assert.Equal(["anna rule:ceasefire", "bert story:00000000000000aa"], Rows(backup));
        Assert.Contains(_log.Lines, line => line.Contains("an older backup was restored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_is_missing_a_start_changes_and_says_nothing()
    {
        await using var live = new TestDatabase();
        await AddAsync(live, "bert", "all");
        await Of(live).UndoAsync("bert", CancellationToken.None);
        await AddAsync(live, "anna", "all");
        await AddAsync(live, "anna", "all");
        await Of(live).ReplayAsync(CancellationToken.None);

        Assert.Equal(["anna all"], Rows(live));
        Assert.Empty(_log.Lines);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder, "one", UnsubscribeJournal.FileName)), line => line.Contains("anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_that_is_forgotten_by_now_comes_not_back()
    {
        await using var live = new TestDatabase();
        await using var backup = new TestDatabase();
        await AddAsync(live, "anna", "story:00000000000000aa");
        await AddAsync(live, "anna", "rule:ceasefire");
        _clock.Advance(RetentionTimes.Default.Stories + TimeSpan.FromDays(1));

        await Of(backup).ReplayAsync(CancellationToken.None);

        Assert.Equal(["anna rule:ceasefire"], Rows(backup));
    }

    [Fact]
    public async Task It_is_kept_in_both_folders_for_the_owner_alone_and_one_of_them_suffices()
    {
        await using var live = new TestDatabase();
        await using var backup = new TestDatabase();
        await AddAsync(live, "anna", "all");
        var files = Folders.Select(folder => Path.Combine(folder, UnsubscribeJournal.FileName)).ToList();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        File.Delete(files[0]);
        await Of(backup).ReplayAsync(CancellationToken.None);

        Assert.Equal(["anna all"], Rows(backup));
    }

    [Fact]
    public async Task A_line_that_was_cut_off_spoils_no_other()
    {
        await using var live = new TestDatabase();
        await using var backup = new TestDatabase();
        await AddAsync(live, "anna", "all");
        foreach (var folder in Folders)
        {
            await File.AppendAllTextAsync(Path.Combine(folder, UnsubscribeJournal.FileName), "{\"Subscriber\":\"b");
        }

        await AddAsync(live, "carl", "all");
        await Of(backup).ReplayAsync(CancellationToken.None);

        Assert.Equal(["anna all", "carl all"], Rows(backup));
    }

    [Fact]
    public async Task An_unsubscription_holds_although_the_journal_cannot_be_written()
    {
        await using var live = new TestDatabase();
        await File.WriteAllTextAsync(Path.Combine(_folder, "one"), "no folder");
        await AddAsync(live, "anna", "all");

        Assert.Equal(["anna all"], Rows(live));
        Assert.True(File.Exists(Path.Combine(_folder, "two", UnsubscribeJournal.FileName)));
        Assert.Contains(_log.Lines, line => line.Contains("a restore would forget it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unsubscription_from_a_story_by_number_becomes_one_by_key()
    {
        await using var test = new TestDatabase();
        var script = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream(typeof(Database).Assembly.GetManifestResourceNames().Single(name => name.EndsWith("0010_push_and_unsubscribe.sql", StringComparison.Ordinal)))!);
        var text = await script.ReadToEndAsync();
        var update = text[text.IndexOf("UPDATE OR REPLACE", StringComparison.Ordinal)..text.IndexOf("CREATE TABLE", StringComparison.Ordinal)];
        await test.Database.WriteAsync(db =>
        {
            Stored.Add(db, "story", new { id = 7, key = "00000000000000aa", title = "t", first_seen = 0, last_seen = 0 });
            Stored.Unsubscribed(db, "anna", "story:7");
            Stored.Unsubscribed(db, "anna", "story:8");
            Stored.Unsubscribed(db, "bert", "rule:x");
        });

        await test.Database.WriteAsync(db => db.Execute(update));

        Assert.Equal(["anna story:00000000000000aa", "bert rule:x"], Rows(test));
    }

    private string[] Folders => [Path.Combine(_folder, "one"), Path.Combine(_folder, "two")];

    private UnsubscribeRegister Of(TestDatabase test) => new(test.Database, new(Folders), RetentionTimes.Default, _clock, _log);

    private async Task AddAsync(TestDatabase test, string subscriber, string scope)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Of(test).AddAsync(subscriber, scope, "page");
    }

    private static IEnumerable<string> Rows(TestDatabase test) => test.Database.Read(db => Stored.Texts(db, "unsubscribed", "subscriber", "scope")).Order(StringComparer.Ordinal);
}
