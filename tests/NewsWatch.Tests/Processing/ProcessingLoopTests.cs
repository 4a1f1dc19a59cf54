using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Processing;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class ProcessingLoopTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ArticleDesk _desk = new(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Auto }], [SomeWatch.Ceasefire], [SomeWatch.Anna]));

    private readonly RecordingLog<ServiceLoop> _log = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task No_headline_waits_for_a_page_that_does_not_answer()
    {
        var never = await HangAsync();
        using var worker = Worker();
        await worker.StartAsync(CancellationToken.None);

        await _desk.AddAsync("wire", "A truce is near, negotiators say", "https://wire.example.com/truce");
        _desk.Signals.Items.Set();
        await _desk.Signals.Deliveries.WaitAsync(Patience, TimeProvider.System, CancellationToken.None);

        Assert.Equal(Completeness.Partial, Assert.Single(_desk.Alerts()).Article.Completeness);
        Assert.False(never.Task.IsCompleted);
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_database_that_refuses_work_stops_nothing_for_longer_than_it_does()
    {
        using var worker = Worker();
        await Stored.RefuseAsync(_desk.Database, "UPDATE", "item");
        await _desk.AddAsync("wire", "A truce is near, negotiators say", "https://wire.example.com/truce");
        await worker.StartAsync(CancellationToken.None);
        await _log.HasAsync("Error: Trouble with deciding on items: the database refuses work");

        await Stored.AllowAsync(_desk.Database, "item");
        Assert.Empty(_desk.Alerts());
        var delivery = _desk.Signals.Deliveries.WaitAsync(Patience, TimeProvider.System, CancellationToken.None);
        while (!delivery.IsCompleted)
        {
            _desk.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Single(_desk.Alerts());
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task No_page_waits_for_another_that_does_not_answer()
    {
        var never = await HangAsync();
        _desk.Serve("https://paper.example.com/capital", "Delegations meet in the capital", "Both sides agreed on a truce that begins at midnight, their spokesmen said.");
        using var worker = Worker();
        await worker.StartAsync(CancellationToken.None);

        await _desk.AddAsync("wire", "Delegations meet in the capital", "https://paper.example.com/capital");
        _desk.Signals.Items.Set();
        await _desk.Signals.Deliveries.WaitAsync(Patience, TimeProvider.System, CancellationToken.None);

        Assert.Equal("https://paper.example.com/capital", Assert.Single(_desk.Alerts()).Article.Url);
        Assert.False(never.Task.IsCompleted);
        await worker.StopAsync(CancellationToken.None);
    }

    private ProcessingLoop Worker() => new(_desk.Processor, _desk.Pages, new ServiceLoop(_desk.Clock, _log), _desk.Signals, _desk.Clock);

    /// <summary>An article whose page does not answer before what is given back is done.</summary>
    private async Task<TaskCompletionSource> HangAsync()
    {
        var never = new TaskCompletionSource();
        _desk.Slow["https://wire.example.com/slow"] = never.Task;
        await _desk.AddAsync("wire", "Talks between the delegations go on in the capital", "https://wire.example.com/slow");
        await _desk.Processor.ProcessItemsAsync(CancellationToken.None);
        return never;
    }
}
