using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>What operators did and wanted: acts, backtests, pauses, silences and settings.</summary>
public abstract class OperatorStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task A_setting_is_kept_changed_and_removed()
    {
        Assert.Equal("1", await Database.WriteAsync(db => InstallationSettings.GetOrAdd(db, "one", "1")));
        Assert.Equal("1", await Database.WriteAsync(db => InstallationSettings.GetOrAdd(db, "one", "2")));
        await Database.WriteAsync(db => InstallationSettings.Set(db, "one", "3"));
        Assert.Equal("3", Database.Read(db => InstallationSettings.Get(db, "one")));
        await Database.WriteAsync(db => InstallationSettings.Remove(db, "one"));
        Assert.Null(Database.Read(db => InstallationSettings.Get(db, "one")));
    }

    [StoreFact]
    public async Task The_configuration_in_force_is_the_one_that_was_set_last()
    {
        Assert.Null(Database.Read(ConfigurationStatus.Get));
        foreach (var version in new[] { "v1", "v2" })
        {
            await Database.WriteAsync(db => ConfigurationStatus.Set(db, new(version, Now, "2 sources", "UTC") { Refused = new(Now, 3) }));
        }

        Assert.Equal(("v2", 3), Database.Read(ConfigurationStatus.Get) is { } status ? (status.Version, status.Refused!.Errors) : default);
    }

    [StoreFact]
    public async Task The_files_of_a_version_may_be_written_anew()
    {
        await Database.WriteAsync(db => ConfigurationStore.Keep(db, "v1", "old", Now));
        await Database.WriteAsync(db => ConfigurationStore.Replace(db, "v1", "new"));

        Assert.Equal(("new", Now), Database.Read(ConfigurationStore.Newest));
    }

    [StoreFact]
    public async Task Acts_are_listed_the_newest_first_and_a_request_acts_once()
    {
        for (var number = 0; number < 3; number++)
        {
            await Database.WriteAsync(db => ActStore.Add(db, new(Now.AddDays(-number * 300), "ops", number == 1, $"act {number}", "rule truce", ""), $"request {number}", $"result {number}"));
        }

        var acts = Database.Read(db => ActStore.List(db, null, 2));

        Assert.Equal(["act 2", "act 1"], acts.Select(act => act.Act.What));
        Assert.Equal(["act 0"], Database.Read(db => ActStore.List(db, acts[1].Id, 2)).Select(act => act.Act.What));
        Assert.Equal(("result 1", null), (Database.Read(db => ActStore.ResultOf(db, "request 1")), Database.Read(db => ActStore.ResultOf(db, "request 9"))));
        Assert.Equal(1, await Database.WriteAsync(db => ActStore.DeleteOlder(db, Now, 10)));
    }

    [StoreFact]
    public async Task A_backtest_is_begun_once_a_request_and_keeps_its_result_for_a_week()
    {
        var (id, isNew) = await Database.WriteAsync(db => BacktestStore.Add(db, Now, "ops", "asked", "1.0", "request"));
        Assert.Equal((id, false), await Database.WriteAsync(db => BacktestStore.Add(db, Now, "ops", "asked", "1.0", "request")));
        await Database.WriteAsync(db => BacktestStore.End(db, id, BacktestState.Done, "result"));

        Assert.True(isNew);
        Assert.Equal((BacktestState.Done, "result"), Database.Read(db => BacktestStore.Find(db, id)) is { } kept ? (kept.State, kept.Result) : default);
        Assert.Equal([id], Database.Read(db => BacktestStore.List(db, 5)).Select(kept => kept.Id));
        Assert.Equal((0, 1), (await Database.WriteAsync(db => BacktestStore.DeleteOlder(db, Now.AddDays(7), 5)), await Database.WriteAsync(db => BacktestStore.DeleteOlder(db, Now.AddDays(8), 5))));
    }

    [StoreFact]
    public async Task A_paused_source_is_due_when_its_pause_ends()
    {
        await Database.WriteAsync(db => Kept.Source(db, "a"));
        Pause Made(int hours) => new(0, "a", Now, Now.AddHours(hours), "maintenance", "ops");
        await Database.WriteAsync(db => PauseStore.Add(db, Made(1)));
        await Database.WriteAsync(db => PauseStore.Add(db, Made(2)));

        Assert.Equal(Now.AddHours(2), Assert.Single(Database.Read(db => PauseStore.On(db, Now))).Until);
        Assert.Equal(Now.AddHours(2), Database.Read(db => PauseStore.Of(db, "a", Now))?.Until);
        Assert.Equal(Now.AddHours(2), Database.Read(db => SourceStore.Find(db, "a"))?.NextDue);
        Assert.True(await Database.WriteAsync(db => PauseStore.End(db, "a", "ops", Now.AddMinutes(5))));
        Assert.False(await Database.WriteAsync(db => PauseStore.End(db, "a", "ops", Now.AddMinutes(5))));
        Assert.Equal((Now.AddMinutes(5), (DateTimeOffset?)Now.AddMinutes(5)), (Database.Read(db => SourceStore.Find(db, "a"))!.NextDue, Database.Read(db => PauseStore.LastEnd(db, "a", Now.AddHours(1)))));
        Assert.Empty(Database.Read(PauseStore.NotEnded));
        Assert.Equal(2, await Database.WriteAsync(db => PauseStore.DeleteOlder(db, Now.AddHours(3), 5)));
    }

    [StoreFact]
    public async Task A_silence_keeps_back_what_waits_and_its_end_lets_it_go()
    {
        await Database.WriteAsync(db => Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "one"))));
        await Database.WriteAsync(db => Kept.Delivery(db, Kept.Alert(db, Kept.Article(db, "flash"), severity: Severity.Flash), severity: Severity.Flash));

        Assert.Equal(new(1, 1, 1), Database.Read(db => SilenceStore.Effect(db, SilenceScope.Rule, "truce", withFlash: false, Now)));
        var id = await Database.WriteAsync(db => SilenceStore.Add(db, new(0, SilenceScope.Rule, "truce", Now, Now.AddHours(2), "noise", "ops")));

        Assert.Equal(["flash"], await ClaimAsync(Now));
        Assert.Equal(["one"], Database.Read(db => SilenceViews.KeptBack(db, id, 5)).Select(kept => kept.Title));
        Assert.Equal([("rule", 1L, 1L)], Database.Read(db => SilenceStore.Tally(db, Now)));
        Assert.True(await Database.WriteAsync(db => SilenceStore.Extend(db, id, Now.AddHours(3), Now)));
        Assert.Equal(Now.AddHours(3), Assert.Single(Database.Read(db => SilenceStore.On(db, Now))).Until);
        Assert.True(await Database.WriteAsync(db => SilenceStore.End(db, id, "ops", Now.AddHours(1))));
        Assert.False(await Database.WriteAsync(db => SilenceStore.End(db, id, "ops", Now.AddHours(1))));
        Assert.Equal(["one"], await ClaimAsync(Now.AddHours(1)));
        Assert.Equal(Now.AddHours(1), Assert.Single(Database.Read(db => SilenceStore.Since(db, Now))).Until);
        Assert.Empty(Database.Read(SilenceStore.NotEnded));
        Assert.Equal(("ops", (DateTimeOffset?)Now.AddHours(1)), (Database.Read(db => SilenceViews.Find(db, id))!.EndedBy, Database.Read(db => SilenceViews.List(db, Now, 5)).Single().Ended));
        Assert.Equal(1, await Database.WriteAsync(db => SilenceStore.DeleteOlder(db, Now.AddHours(4), 5)));
    }

    [StoreFact]
    public async Task What_was_kept_back_is_written_once()
    {
        var alert = await Database.WriteAsync(db => Kept.Alert(db, Kept.Article(db, "one")));
        var id = await Database.WriteAsync(db => SilenceStore.Add(db, new(0, SilenceScope.Subscriber, "anna", Now, Now.AddHours(2), "away", "ops")));
        await Database.WriteAsync(db => SilenceStore.KeepBack(db, id, alert, "anna", "mail", Now));
        await Database.WriteAsync(db => SilenceStore.KeepBack(db, id, alert, "anna", "mail", Now));

        Assert.Single(Database.Read(db => SilenceViews.KeptBack(db, id, 5)));
    }

    private Task<List<string>> ClaimAsync(DateTimeOffset now) => Database.WriteAsync(db =>
    {
        DeliveryStore.ReleaseHeld(db, now);
        return DeliveryStore.Claim(db, Background.NewProcess(), "mail", now)?.Alerts.Select(alert => alert.Article.Title).ToList() ?? [];
    });
}

public sealed class SqliteOperatorStoreTests() : OperatorStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedOperatorStoreTests() : OperatorStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresOperatorStoreTests(PostgresServer server) : OperatorStoreTests(StorageEngine.Postgres, server);
