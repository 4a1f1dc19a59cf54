using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Fetching;

namespace NewsWatch.Tests.Fetching;

/// <summary>Names are asked for on threads of their own, once at a time, and remembered; the resolver blocks as long as a test says.</summary>
public sealed class NameResolverTests : IDisposable
{
    private static readonly IPAddress First = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Second = IPAddress.Parse("192.0.2.2");
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<FetchMetrics>().BuildServiceProvider();
    private readonly ManualResetEventSlim _alive = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly SemaphoreSlim _questions = new(0);
    private readonly NameResolver _resolver;
    private Func<string, IPAddress[]> _ask = _ => [First];

    public NameResolverTests() => _resolver = new NameResolver(Ask, _services.GetRequiredService<FetchMetrics>(), _clock);

    public void Dispose()
    {
        _alive.Set();
        _services.Dispose();
    }

    [Fact]
    public async Task An_answer_is_remembered_for_a_minute()
    {
        await ResolveAsync("a.example.com");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([First], await ResolveAsync("A.example.com"));
        _ask = _ => [Second];
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Second], await ResolveAsync("a.example.com"));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_name_is_asked_for_once_however_many_wait_for_it()
    {
        _ask = Blocked;
        var waiting = Enumerable.Range(0, 50).Select(_ => ResolveAsync("a.example.com")).ToList();
        await _questions.WaitAsync();
        _alive.Set();

        Assert.All(await Task.WhenAll(waiting), addresses => Assert.Equal([First], addresses));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task While_no_name_server_answers_the_last_good_answer_is_used_for_a_day()
    {
        await ResolveAsync("a.example.com");
        _ask = _ => throw new SocketException((int)SocketError.TryAgain);
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal([First], await ResolveAsync("a.example.com"));
        _clock.Advance(TimeSpan.FromMinutes(1));

        var failure = await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("a.example.com"));

        Assert.Equal("no name server replies for a.example.com", failure.Message);
    }

    [Fact]
    public async Task A_resolver_that_hangs_holds_up_a_known_name_for_a_second_at_most()
    {
        await ResolveAsync("a.example.com");
        _ask = Blocked;
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _questions.WaitAsync();
        var waiting = ResolveAsync("a.example.com");
        await _questions.WaitAsync();
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([First], await waiting);
        Assert.True(ResolveAsync("a.example.com").IsCompletedSuccessfully); // the question hangs already
    }

    [Fact]
    public async Task A_name_that_gets_no_answer_is_given_up_after_five_seconds()
    {
        _ask = Blocked;
        var waiting = ResolveAsync("dead.example.com");
        await _questions.WaitAsync();

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(SocketError.TryAgain, (await Assert.ThrowsAsync<SocketException>(() => waiting)).SocketErrorCode);
        await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("dead.example.com"));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task An_unknown_name_is_asked_for_again_after_ten_seconds()
    {
        _ask = _ => throw new SocketException((int)SocketError.HostNotFound);
        var failure = await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("nx.example.com"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("nx.example.com"));
        _ask = _ => [First];
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([First], await ResolveAsync("nx.example.com"));
        Assert.Equal(("unknown host nx.example.com", 2), (failure.Message, _asked.Count));
    }

    [Fact]
    public async Task That_a_name_is_no_more_outdates_the_last_good_answer()
    {
        await ResolveAsync("a.example.com");
        _ask = _ => throw new SocketException((int)SocketError.HostNotFound);
        _clock.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<SocketException>(() => ResolveAsync("a.example.com"));
    }

    [Fact]
    public async Task Two_hundred_dead_names_delay_no_name_that_was_answered_before()
    {
        await ResolveAsync("good.example.com");
        _ask = name => name == "good.example.com" ? [Second] : Blocked(name);
        var dead = Enumerable.Range(0, 200).Select(number => ResolveAsync($"dead{number}.example.com")).ToList();
        _clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(dead.Select(waiting => Assert.ThrowsAsync<SocketException>(() => waiting)));

        Assert.Equal([Second], await ResolveAsync("good.example.com"));
        Assert.InRange(_asked.Count(name => name.StartsWith("dead", StringComparison.Ordinal)), 1, 16);
    }

    [Fact]
    public async Task Names_that_made_trouble_delay_no_name_that_is_new()
    {
        _ask = _ => throw new SocketException((int)SocketError.TryAgain);
        var names = Enumerable.Range(0, 50).Select(number => $"dead{number}.example.com").ToList();
        await Task.WhenAll(names.Select(name => Assert.ThrowsAsync<SocketException>(() => ResolveAsync(name))));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _ask = name => name == "new.example.com" ? [First] : Blocked(name);
        var dead = names.ConvertAll(ResolveAsync);

        Assert.Equal([First], await ResolveAsync("new.example.com"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(dead.Select(waiting => Assert.ThrowsAsync<SocketException>(() => waiting)));
    }

    [Fact]
    public async Task The_pools_threads_never_wait_for_the_resolver()
    {
        var pooled = true;
        _ask = _ =>
        {
            pooled = Thread.CurrentThread.IsThreadPoolThread;
            return [First];
        };

        await ResolveAsync("a.example.com");

        Assert.False(pooled);
    }

    [Theory]
    [InlineData("localhost")]
    public async Task The_systems_own_names_are_known(string name)
    {
        var resolver = new NameResolver(_services.GetRequiredService<FetchMetrics>(), TimeProvider.System);

        Assert.All(await resolver.ResolveAsync(name, CancellationToken.None), address => Assert.True(IPAddress.IsLoopback(address)));
    }

    private Task<IPAddress[]> ResolveAsync(string name) => _resolver.ResolveAsync(name, CancellationToken.None);

    private IPAddress[] Ask(string name)
    {
        _asked.Enqueue(name);
        _questions.Release();
        return _ask(name);
    }

    private IPAddress[] Blocked(string name)
    {
        _alive.Wait();
        return [First];
    }
}
