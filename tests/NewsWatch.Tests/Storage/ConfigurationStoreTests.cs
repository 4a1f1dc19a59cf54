using System.Globalization;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class ConfigurationStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private const int Edits = 60; // more than are kept for their own sake
    [StoreFact]
    public async Task Without_decisions_the_newest_fifty_stay()
    {
        await EditAsync();

        Assert.Equal(50, Versions().Count);
    }

    [StoreFact]
    public async Task What_was_in_force_when_a_kept_alert_was_decided_stays_and_so_does_all_that_came_later()
    {
        await Database.WriteAsync(db =>
        {
            var alert = Alert(db, Article(db, "https://world.example.com/a"), "r/a");
            Stored.Set(db, "alert", new { created = Now.AddDays(5).AddHours(3), configuration = "v5" }, new { id = alert });
        });

        await EditAsync();

        Assert.Contains("v5", Versions());
        Assert.DoesNotContain("v3", Versions());
        Assert.Equal("v59", Versions()[0]);
    }

    [StoreFact]
    public async Task The_last_twenty_refusals_stay_and_the_same_files_in_a_row_are_one()
    {
        for (var n = 0; n < 25; n++)
        {
            await Database.WriteAsync(db => RefusalStore.Add(db, new(Now.AddMinutes(n), $"files{n}", "[]")));
            await Database.WriteAsync(db => RefusalStore.Add(db, new(Now.AddMinutes(n), $"files{n}", "[]")));
        }

        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(n => $"files{n}"), Database.Read(RefusalStore.All).Select(refusal => refusal.Files));
    }

    /// <summary>One a day.</summary>
    private async Task EditAsync()
    {
        for (var day = 0; day < Edits; day++)
        {
            await Database.WriteAsync(db => ConfigurationStore.Keep(db, string.Create(CultureInfo.InvariantCulture, $"v{day}"), "{}", Now.AddDays(day)));
        }
    }

    private List<string> Versions() => [.. Database.Read(ConfigurationStore.All).Select(kept => kept.Version)];
}

public sealed class SqliteConfigurationStoreTests() : ConfigurationStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedConfigurationStoreTests() : ConfigurationStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresConfigurationStoreTests(PostgresServer server) : ConfigurationStoreTests(StorageEngine.Postgres, server);
