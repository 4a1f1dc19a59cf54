using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Polling;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Storage;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Polls that brought nothing, as they are written down.</summary>
public sealed class QuietPollsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Before = Rows.Now;
    private static readonly DateTimeOffset Asked = Before.AddMinutes(10);
    private static readonly Source[] Sources = [.. Enumerable.Range(0, 5).Select(number => new Source { Id = $"s{number}", Url = $"https://{number}.example.com/feed" })];
    private readonly TestDatabase _test = new(losesCommitsOnPowerFailure: true);
    private readonly QuietPolls _quiet;
    private readonly List<string> _statements = [];

    public QuietPollsTests() => _quiet = new(_test.Database);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _quiet.Dispose();
        await _test.DisposeAsync();
    }

    [Fact]
    public async Task Those_that_end_while_a_write_is_under_way_share_the_next_one()
    {
        var claimed = await ClaimedAsync();

        var commits = await EndTogetherAsync(claimed);

        Assert.Equal(Sources.Select(source => source.Id), commits.Select(commit => commit!.After.Id));
        Assert.Equal(2, _statements.Count(statement => statement.Trim() == "SAVEPOINT work"));
        Assert.All(Known(), row => Assert.Equal((Asked, Asked, 0), (row.LastPoll, row.LastSuccess, row.Starts)));
        Assert.Empty(_test.Database.Read(db => PollQueue.Due(db, Background.NewProcess(), Asked, failing: false, most: 10)));
    }

    [Fact]
    public async Task What_was_learned_of_a_source_is_written_only_when_it_is_another()
    {
        var claimed = await ClaimedAsync();
        await _test.Database.WriteAsync(db => SourceStore.Learn(db, claimed[1], claimed[1] with { Failures = 1, LastError = "503" }));
        claimed = [claimed[0], claimed[1] with { Failures = 1, LastError = "503" }];

        await EndTogetherAsync(claimed);

        Assert.Contains("'s1'", Assert.Single(_statements, statement => statement.StartsWith("UPDATE source", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal((0, null), Known()[1] is var row ? (row.Failures, row.LastError) : default);
    }

    [Fact]
    public async Task One_whose_source_another_process_claimed_meanwhile_writes_nothing()
    {
        var claimed = await ClaimedAsync();
        await _test.Database.WriteAsync(db => PollQueue.Claim(db, Background.NewProcess(), [claimed[3]]));

        var commits = await EndTogetherAsync(claimed);

        Assert.Equal([true, true, true, false, true], commits.Select(commit => commit is not null));
        Assert.Null(Known()[3].LastPoll);
    }

    [Fact]
    public async Task One_whose_address_was_changed_meanwhile_gives_its_source_back_and_teaches_nothing()
    {
        var claimed = await ClaimedAsync();
        await _test.Database.WriteAsync(db => SourceStore.SetUrl(db, "s2", "https://elsewhere.example.com/", Asked));

        await EndTogetherAsync(claimed);

        Assert.Equal("s2", Assert.Single(_test.Database.Read(db => PollQueue.Due(db, Background.NewProcess(), Asked, failing: false, most: 10))).Id);
        Assert.Null(Known()[2].LastPoll);
    }

    [Fact]
    public async Task One_that_cannot_be_written_down_takes_no_other_along()
    {
        var claimed = await ClaimedAsync();
        claimed = [.. claimed.Select(row => row.Id == "s3" ? row with { Hints = "no JSON" } : row)];

        var ends = await Task.WhenAll((await BeginTogetherAsync(claimed)).Select(end => end.ContinueWith(done => done.Exception is null, TaskScheduler.Default)));

        Assert.Equal([true, true, true, false, true], ends);
        Assert.Equal([true, true, true, false, true], Known().Select(row => row.LastPoll == Asked));
    }

    private async Task<IReadOnlyList<SourceRow>> ClaimedAsync() => await _test.Database.WriteAsync(db =>
    {
        foreach (var source in Sources)
        {
            SourceStore.Add(db, new(source.Id, source.Url, source.Poll), Before);
        }

        return PollQueue.Claim(db, Background.NewProcess(), SourceStore.All(db));
    });

    private async Task<PollCommit?[]> EndTogetherAsync(IReadOnlyList<SourceRow> claimed) => await Task.WhenAll(await BeginTogetherAsync(claimed));

    /// <summary>All end while the writer is busy with something else; the statements behind that are written down.</summary>
    private async Task<IReadOnlyList<Task<PollCommit?>>> BeginTogetherAsync(IReadOnlyList<SourceRow> claimed)
    {
        using var release = new ManualResetEventSlim();
        var other = _test.Database.WriteAsync(db =>
        {
            release.Wait();
            TestDatabase.Trace(db, _statements);
        });
        var configuration = SomeWatch.Of(Sources, [], []);
        List<Task<PollCommit?>> ends = [.. claimed.Select(row =>
            _quiet.EndAsync(new SourceWriter(configuration, configuration.Sources[row.Id], row, Asked, Asked), new PollResult.Unchanged(new HeaderFacts(), null), CancellationToken.None))];
        release.Set();
        await other;
        return ends;
    }

    private IReadOnlyList<SourceRow> Known() => _test.Database.Read(SourceStore.All);
}
