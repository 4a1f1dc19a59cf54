using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Transfer;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>A database moves from its file to a real server, and the work goes on there.</summary>
[Collection(SharedPostgres.Name)]
public sealed class TransferTests(PostgresServer server) : IDisposable
{
    private static readonly UnsubscribeGrant Grant = new("anna", "truce", "00000000000000aa");
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
    private readonly List<string> _told = [];

    private string File => Path.Combine(_folder, "newswatch.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresFact]
    public async Task What_waited_in_the_file_goes_on_at_the_server()
    {
        var place = await server.CreateAsync();
        var (told, token) = await FillAsync();

        var result = Assert.IsType<TransferResult.Compared>(await Transfer(place).RunAsync());

        Assert.True(result is { Agrees: true, WasCopied: true });
        Assert.Equal((false, true), (System.IO.File.Exists(File), System.IO.File.Exists(File + ".migrated")));
        await using var moved = new Database(PostgresEngine.Open(place));
        Assert.Equal(["<sent@news.example.com>"], moved.Read(db => ThreadStore.Of(db, "ben", "mail", told.Story, "")).Select(mail => mail.MessageId));
        Assert.Equal("held", (await ClaimAsync(moved, Now.AddHours(8))).Alerts.Single().Article.Title);
        Assert.Equal(1, await moved.WriteAsync(db => DeliveryStore.Replay(db, "mail", Now, deadOnly: false, Now.AddHours(9))));
        Assert.Equal("sent", (await ClaimAsync(moved, Now.AddHours(9))).Alerts.Single().Article.Title);
        Assert.Equal(Grant, await new UnsubscribeTokens(moved, new(SomeWatch.Default)).ReadAsync(token, CancellationToken.None));
        Assert.True(await moved.WriteAsync(db => Kept.Alert(db, Kept.Article(db, "new"))) > 2);
    }

    [PostgresFact]
    public async Task Articles_are_searched_for_at_the_server_once_its_index_is_filled()
    {
        var place = await server.CreateAsync();
        await using (var database = new Database(File))
        {
            await database.WriteAsync(db => Kept.Article(db, "truce", text: "The border\0 is calm."));
            await FillIndexAsync(database);
        }

        await Transfer(place).RunAsync();

        await using var moved = new Database(PostgresEngine.Open(place));
        Assert.Equal(1, moved.Read(ArchiveSearch.Missing));
        await FillIndexAsync(moved);
        Assert.Equal(["truce"], moved.Read(db => ArchiveSearch.Find(db, SearchQuery.Parse("border")!, new())).Select(found => found.Title));
        Assert.Equal("The border\0 is calm.", moved.Read(db => ArticleStore.Newest(db)).Single().Article.Text);
    }

    [PostgresFact]
    public async Task Every_column_of_a_file_has_a_place_at_the_server()
    {
        var place = await server.CreateAsync();
        await using (PostgresEngine.Open(place))
        {
            // makes the schema
        }

        await using var file = new Database(File);
        using var target = TransferTarget.Open(place);
        var there = target.Tables().SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).ToHashSet();

        Assert.Equal([], file.Read(Stored.Columns).Where(column => !there.Contains(column)));
    }

    [PostgresFact]
    public async Task A_copy_that_was_made_and_not_seen_to_the_end_is_not_made_twice()
    {
        var place = await server.CreateAsync();
        await FillAsync();
        await Transfer(place).RunAsync();
        System.IO.File.Move(File + ".migrated", File); // as if it had been killed before

        var result = Assert.IsType<TransferResult.Compared>(await Transfer(place).RunAsync());

        Assert.True(result is { Agrees: true, WasCopied: false });
        Assert.True(System.IO.File.Exists(File + ".migrated"));
    }

    [PostgresFact]
    public async Task A_side_that_was_used_since_differs_and_the_file_stays()
    {
        var place = await server.CreateAsync();
        await FillAsync();
        await Transfer(place).RunAsync();
        Assert.True(Assert.IsType<TransferResult.Compared>(await Transfer(place).VerifyAsync()).Agrees);
        System.IO.File.Move(File + ".migrated", File);
        await using (var database = new Database(File))
        {
            await database.WriteAsync(db => Kept.Article(db, "later"));
        }

        var verified = Assert.IsType<TransferResult.Compared>(await Transfer(place).VerifyAsync());
        var again = Assert.IsType<TransferResult.Compared>(await Transfer(place).RunAsync());

        Assert.Equal(["article", "document", "story"], verified.Tables.Where(table => table.File != table.Server).Select(table => table.Table).Order(StringComparer.Ordinal));
        Assert.False(again.Agrees);
        Assert.True(System.IO.File.Exists(File));
    }

    [PostgresFact]
    public async Task A_database_that_is_in_use_or_somebody_elses_is_refused_and_left_as_it_is()
    {
        await FillAsync();
        var (used, foreign) = (await server.CreateAsync(), await server.CreateAsync());
        await using (var database = new Database(PostgresEngine.Open(used)))
        {
            await database.WriteAsync(db => Kept.Source(db, "theirs"));
        }

        await PostgresServer.RunAsync(foreign, "CREATE TABLE orders (id BIGINT)");

        Assert.Contains("its table source has rows", Assert.IsType<TransferResult.Refused>(await Transfer(used).RunAsync()).Why, StringComparison.Ordinal);
        Assert.Contains("it has the table orders", Assert.IsType<TransferResult.Refused>(await Transfer(foreign).RunAsync()).Why, StringComparison.Ordinal);
        Assert.Equal(["orders"], await PostgresServer.AskAsync(foreign, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"));
        Assert.True(System.IO.File.Exists(File));
    }

    [PostgresFact]
    public async Task A_file_that_a_service_or_a_command_has_open_is_refused()
    {
        var place = await server.CreateAsync();
        await FillAsync();
        using (DatabaseLock.Take(File, newDatabase: false))
        {
            await Assert.ThrowsAsync<DatabaseLockException>(() => Transfer(place).RunAsync());
        }

        await using (var command = new Database(File))
        {
            await command.WriteAsync(db => InstallationSettings.Set(db, "one", "1"));
            var refused = await Record.ExceptionAsync(() => Transfer(place).RunAsync());
            Assert.Equal("the database is locked by another process", StorageTrouble.Describe(refused!));
        }

        Assert.True(System.IO.File.Exists(File));
    }

    [PostgresFact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var refused = Assert.IsType<TransferResult.Refused>(await Transfer(await server.CreateAsync()).RunAsync());

        Assert.Contains(File, refused.Why, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private DatabaseTransfer Transfer(string place) => new(File, place, _told.Add);

    /// <summary>A mail that was sent to ben, a digest that anna gets later, and an unsubscribe link in it.</summary>
    private async Task<(StoredArticle Sent, string Token)> FillAsync()
    {
        await using var database = new Database(File);
        var sent = await database.WriteAsync(db =>
        {
            Kept.Source(db, "world");
            var told = Kept.Sent(db, "sent", Now, "ben");
            Kept.Reading(db, told);
            Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "held")), bundle: "digest/anna/1", due: Now.AddHours(8), kind: "digest");
            return told;
        });
        return (sent, await new UnsubscribeTokens(database, new(SomeWatch.Default)).CreateAsync(Grant, CancellationToken.None));
    }

    private static async Task FillIndexAsync(Database database)
    {
        var articles = database.Read(db => SearchIndex.Next(db, 10));
        await database.WriteAsync(db => SearchIndex.Write(db, articles));
    }

    private static Task<ClaimedBundle> ClaimAsync(Database database, DateTimeOffset now) => database.WriteAsync(db =>
    {
        DeliveryStore.ReleaseHeld(db, now);
        return DeliveryStore.Claim(db, Background.NewProcess(), "mail", now)!;
    });
}
