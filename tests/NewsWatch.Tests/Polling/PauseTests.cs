using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>An operator stops the polling of a source for a time.</summary>
public sealed class PauseTests : IAsyncLifetime
{
    private HostileWorld _world = null!;

    public async Task InitializeAsync() => _world = await HostileWorld.OpenAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_paused_source_is_not_asked_until_the_end_and_then_as_before()
    {
        await _world.ShowAsync(Feed("Copse opens"));
        await PauseAsync(TimeSpan.FromHours(4));

        for (var hour = 0; hour < 3; hour++)
        {
            await _world.ShowAsync(Feed("Glade opens"));
        }

        Assert.Equal(1, _world.Items("shown"));
        await _world.ShowAsync(Feed("Glade opens"));
        Assert.Equal(2, _world.Items("shown"));
    }

    [Fact]
    public async Task A_pause_that_is_ended_lets_the_source_be_asked_at_once()
    {
        await _world.ShowAsync(Feed("Copse opens"));
        await PauseAsync(TimeSpan.FromDays(4));
        await _world.ShowAsync(Feed("Glade opens"));
        Assert.Equal(1, _world.Items("shown"));

        Assert.True(await _world.Database.WriteAsync(db => PauseStore.End(db, "shown", "ops", _world.Clock.GetUtcNow())));
        Assert.False(await _world.Database.WriteAsync(db => PauseStore.End(db, "shown", "ops", _world.Clock.GetUtcNow())));
        await _world.ShowAsync(Feed("Glade opens"));

        Assert.Equal(2, _world.Items("shown"));
    }

    [Fact]
    public async Task A_source_that_becomes_due_while_it_is_paused_waits_for_the_end()
    {
        await _world.ShowAsync(Feed("Copse opens"));
        var end = await PauseAsync(TimeSpan.FromDays(2));
        await _world.Database.WriteAsync(db => PollQueue.SetAllDue(db, _world.Clock.GetUtcNow()));

        await _world.ShowAsync(Feed("Glade opens"));

        Assert.Equal((1, end), (_world.Items("shown"), _world.Row("shown").NextDue));
    }

    [Fact]
    public async Task Of_two_pauses_the_later_one_holds_and_status_names_it()
    {
        await _world.ShowAsync(Feed("Copse opens"));
        await PauseAsync(TimeSpan.FromDays(4));
        var end = await PauseAsync(TimeSpan.FromHours(2));

        Assert.Equal(end, Assert.Single(_world.Database.Read(db => PauseStore.On(db, _world.Clock.GetUtcNow()))).Until);
        Assert.Contains(_world.Database.Read(StatusStore.Read).Silenced, line => line.Sentence.Contains("source shown is paused until", StringComparison.Ordinal) && line.Sentence.Contains("its server moves", StringComparison.Ordinal));
        Assert.Contains("newswatch_silences{scope=\"poll\"} 1", _world.MetricsPage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_a_pause_is_no_silence_of_the_source()
    {
        var source = _world.Source("quiet", "/quiet") with { ExpectEvery = TimeSpan.FromHours(6) };
        _world.Site.Answer("/quiet", Reply.Text(Feed("Copse opens")));
        await _world.PollAsync(source);
        await PauseAsync(TimeSpan.FromHours(8), "quiet");

        _world.Clock.Advance(TimeSpan.FromHours(9));
        await _world.PollAsync(source);
        var afterwards = _world.Row("quiet").State;
        _world.Clock.Advance(TimeSpan.FromHours(7));
        await _world.PollAsync(source);

        Assert.Equal((SourceState.Ok, SourceState.Stale), (afterwards, _world.Row("quiet").State));
    }

    private static string Feed(string title) => $$"""{ "version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{ "id": "{{title}}", "url": "https://news.example.com/{{title[0]}}", "title": "{{title}}" }] }""";

    private async Task<DateTimeOffset> PauseAsync(TimeSpan span, string source = "shown")
    {
        var now = _world.Clock.GetUtcNow();
        await _world.Database.WriteAsync(db => PauseStore.Add(db, new(0, source, now, now + span, "its server moves", "ops")));
        return now + span;
    }
}
