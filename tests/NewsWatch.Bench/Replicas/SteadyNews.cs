namespace NewsWatch.Bench.Replicas;

/// <summary>News at the next source again and again, so many a second, until it is disposed.</summary>
internal sealed class SteadyNews : IAsyncDisposable
{
    private readonly PeriodicTimer _timer;
    private readonly Task _publishing;

    public SteadyNews(FeedHosts feeds, double rate)
    {
        _timer = new(TimeSpan.FromSeconds(1 / rate));
        _publishing = PublishAsync(feeds);
    }

    /// <summary>Ends it, and throws what it failed with.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _publishing;
    }

    private async Task PublishAsync(FeedHosts feeds)
    {
        while (await _timer.WaitForNextTickAsync())
        {
            feeds.PublishNext();
        }
    }
}
