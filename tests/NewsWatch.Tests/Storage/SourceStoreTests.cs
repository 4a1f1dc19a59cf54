using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>Commit 1: sources and when they are due, their items, and what hubs push.</summary>
public abstract class SourceStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    private readonly Leases _process = Background.NewProcess();

    [StoreFact]
    public async Task A_source_that_left_the_configuration_is_not_polled_until_it_is_back()
    {
        await AddAsync("a", "b");
        await Database.WriteAsync(db => SourceStore.SetConfigured(db, ["b"]));

        Assert.Equal(["b"], Database.Read(SourceStore.All).Select(source => source.Id));
        Assert.Equal(["b"], Due(Now));
        Assert.NotNull(Database.Read(db => SourceStore.Find(db, "a")));
        await AddAsync("a");
        Assert.Equal(["a", "b"], Due(Now).Order(StringComparer.Ordinal));
    }

    [StoreFact]
    public async Task A_poll_holds_its_source_until_it_ends_and_then_it_waits()
    {
        await AddAsync("a");
        var claimed = await ClaimAsync(Now);

        Assert.Equal((true, 1, 0), (Database.Read(db => PollQueue.Holds(db, claimed)), claimed.Starts, Due(Now).Count));
        await Database.WriteAsync(db => PollQueue.End(db, [claimed with { NextDue = Now.AddMinutes(5), LastPoll = Now, LastSuccess = Now, Starts = 0 }]));

        Assert.Equal((0, 1), (Due(Now.AddMinutes(4)).Count, Due(Now.AddMinutes(5)).Count));
        Assert.Equal([("a", Now.AddMinutes(5))], Database.Read(db => PollQueue.NextDue(db, Now, Now.AddHours(1))));
        Assert.Equal(Now, Database.Read(db => SourceStore.Find(db, "a"))!.LastSuccess);
    }

    [StoreFact]
    public async Task A_dead_processes_source_is_taken_over_and_its_late_end_writes_nothing()
    {
        await AddAsync("a");
        var late = await ClaimAsync(Now);
        var other = Background.NewProcess();
        var holder = await Database.WriteAsync(db => PollQueue.Claim(db, other, PollQueue.Due(db, other, Now, failing: false, 10)).Single());

        await Database.WriteAsync(db => PollQueue.End(db, [late with { NextDue = Now.AddDays(1) }]));

        Assert.Equal((2, false, true), (holder.Starts, Database.Read(db => PollQueue.Holds(db, late)), Database.Read(db => PollQueue.Holds(db, holder))));
        Assert.Equal(Now, Database.Read(db => SourceStore.Find(db, "a"))!.NextDue);
    }

    [StoreFact]
    public async Task A_poll_that_is_given_back_was_no_start()
    {
        await AddAsync("a", "b");
        var claimed = await Database.WriteAsync(db => PollQueue.Claim(db, _process, PollQueue.Due(db, _process, Now, failing: false, 10)));
        await Database.WriteAsync(db => PollQueue.Release(db, [claimed[0].Lease]));
        await Database.WriteAsync(db => PollQueue.GiveBack(db, [claimed[1].Lease], Now.AddMinutes(1)));

        Assert.Equal([claimed[0].Id], Due(Now));
        Assert.Equal(2, Due(Now.AddMinutes(1)).Count);
        Assert.All(Database.Read(SourceStore.All), source => Assert.Equal(0, source.Starts));
    }

    [StoreFact]
    public async Task Sources_that_fail_have_slots_of_their_own()
    {
        await AddAsync("a", "b");
        var before = Database.Read(db => SourceStore.Find(db, "a"))!;
        await Database.WriteAsync(db => SourceStore.Learn(db, before, before with { Failures = 2, State = SourceState.Failing, StateReason = "503", LastError = "503" }));

        Assert.Equal(["b"], Due(Now));
        Assert.Equal(["a"], Database.Read(db => PollQueue.Due(db, _process, Now, failing: true, 10)).Select(source => source.Id));
        Assert.Equal((SourceState.Failing, "503"), (Database.Read(db => SourceStore.Find(db, "a"))!.State, Database.Read(db => SourceStore.Find(db, "a"))!.StateReason));
    }

    [StoreFact]
    public async Task A_new_address_begins_anew_and_a_source_that_was_gone_is_polled_again()
    {
        await AddAsync("a");
        var before = Database.Read(db => SourceStore.Find(db, "a"))!;
        await Database.WriteAsync(db => SourceStore.Learn(db, before, before with { State = SourceState.Gone, ETag = "etag", BodyHash = "hash" }));
        Assert.Empty(Due(Now));

        await Database.WriteAsync(db => SourceStore.SetUrl(db, "a", "https://b.example.com/feed", Now.AddMinutes(1)));
        await Database.WriteAsync(db => SourceStore.SetPoll(db, "a", TimeSpan.FromHours(1), Now.AddMinutes(2)));
        await Database.WriteAsync(db => SourceStore.SetNews(db, "a", Now, "[1]"));

        var after = Database.Read(db => SourceStore.Find(db, "a"))!;
        Assert.Equal(("https://b.example.com/feed", null, SourceState.Ok, TimeSpan.FromHours(1)), (after.Url, after.ETag, after.State, after.Poll));
        Assert.Equal((Now.AddMinutes(2), (DateTimeOffset?)Now, "[1]"), (after.NextDue, after.LastItem, after.Rhythm));
        await Database.WriteAsync(db => PollQueue.SetAllDue(db, Now));
        Assert.Equal(["a"], Due(Now));
    }

    [StoreFact]
    public async Task Items_are_known_by_key_link_and_headline_and_an_edit_is_new_again()
    {
        await Database.WriteAsync(db => ItemStore.Add(db, "a", Write("k1") with { LinkKey = "l1", TitleKey = "t1", State = "baseline" }, Now, Now));
        await Database.WriteAsync(db => ItemStore.Add(db, "b", Write("k1"), Now, Now));
        IReadOnlyList<KnownItem> Known(string key, string link, string title) => Database.Read(db => ItemStore.Known(db, "a", [key], [link], [title]));

        var known = Assert.Single(Known("k1", "l1", "t1"));
        Assert.All([Known("k1", "", ""), Known("", "l1", ""), Known("", "", "t1")], found => Assert.Equal(known, found.Single()));
        Assert.Equal([("k1", "hash")], Database.Read(db => ItemStore.Contents(db, "a", ["k1", "k2"])));
        await Database.WriteAsync(db => ItemStore.Edit(db, known.Id, Write("k1") with { ContentHash = "other" }, Now.AddHours(1)));
        await Database.WriteAsync(db => ItemStore.Rename(db, known.Id, "k2", null));

        var edited = Assert.Single(Known("k2", "", ""));
        Assert.Equal(("new", "other", known.Revision + 1), (edited.State, edited.ContentHash, edited.Revision));
        Assert.Empty(Known("k1", "", ""));
    }

    [StoreFact]
    public async Task What_was_too_old_by_a_wrong_clock_is_judged_again()
    {
        await Database.WriteAsync(db => ItemStore.Add(db, "a", Write("fresh") with { State = "old", Published = Now }, Now.AddDays(3), Now));
        await Database.WriteAsync(db => ItemStore.Add(db, "a", Write("stale") with { State = "old", Published = Now.AddDays(-9) }, Now.AddDays(3), Now));

        await Database.WriteAsync(db => ItemStore.JudgeAgain(db, _ => TimeSpan.FromDays(1), Now, TimeSpan.FromDays(-3), Now));

        Assert.Equal(["new", "old"], Database.Read(db => ItemStore.Known(db, "a", ["fresh", "stale"], [], [])).Select(item => item.State));
    }

    [StoreFact]
    public async Task When_an_item_was_last_seen_is_kept_to_the_hour()
    {
        await Database.WriteAsync(db => Item(db, "one", Now, state: "old"));
        var ids = Enumerable.Range(1, 2_500).Select(number => (long)number).ToList();

        foreach (var (minutes, seen) in new[] { (59, 0), (61, 61) })
        {
            await Database.WriteAsync(db => ItemStore.Touch(db, ids, Now.AddMinutes(minutes)));
            Assert.Equal(Now.AddMinutes(seen), Database.Read(db => Stored.LastSeen(db, "one")));
        }
    }

    [StoreFact]
    public async Task A_push_comes_first_when_it_was_first_three_times_and_is_in_force()
    {
        await Database.WriteAsync(db => PushStore.Save(db, new("a", "https://hub.example.com/", "topic", "token", "secret", PushState.Active, Now, Now.AddDays(1)) { Awaited = true }));
        for (var time = 0; time < PushStore.ProvenLead; time++)
        {
            Assert.False(Database.Read(db => PushStore.ComesFirst(db, "a", Now)));
            await Database.WriteAsync(db => PushStore.CameFirst(db, "a"));
        }

        Assert.True(Database.Read(db => PushStore.ComesFirst(db, "a", Now)));
        Assert.False(Database.Read(db => PushStore.ComesFirst(db, "a", Now.AddDays(1))));
        await Database.WriteAsync(db => PushStore.CameLater(db, "a"));
        var push = Database.Read(db => PushStore.FindByToken(db, "token"))!;
        await Database.WriteAsync(db => PushStore.Save(db, push with { State = PushState.Denied, Expires = null }));

        Assert.Equal((0, true, PushState.Denied), (push.Lead, push.Awaited, Database.Read(db => PushStore.Find(db, "a"))!.State));
    }

    private static ItemWrite Write(string key) => new(key, null, null, null, "hash", "", null, "new", "{}");

    private async Task AddAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await Database.WriteAsync(db => Kept.Source(db, id));
        }
    }

    private Task<SourceRow> ClaimAsync(DateTimeOffset now) => Database.WriteAsync(db => PollQueue.Claim(db, _process, PollQueue.Due(db, _process, now, failing: false, 10)).Single());

    private List<string> Due(DateTimeOffset now) => [.. Database.Read(db => PollQueue.Due(db, _process, now, failing: false, 10)).Select(source => source.Id)];
}

public sealed class SqliteSourceStoreTests() : SourceStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedSourceStoreTests() : SourceStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresSourceStoreTests(PostgresServer server) : SourceStoreTests(StorageEngine.Postgres, server);
