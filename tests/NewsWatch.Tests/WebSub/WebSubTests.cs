using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;
using NewsWatch.WebSub;

namespace NewsWatch.Tests.WebSub;

/// <summary>WebSub against a hub that speaks the protocol.</summary>
public sealed class WebSubTests : IAsyncLifetime
{
    private PollWorld _world = null!;
    private LocalHub _hub = null!;
    private WebApplication _callback = null!;
    private PushSubscriber _subscriber = null!;

    private string Topic => _world.Server.At("/feed");

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        _hub = new LocalHub(_world.Server);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(_world.Receiver).AddSingleton(_world.Confirmation);
        _callback = builder.Build();
        _callback.MapWebSub();
        await _callback.StartAsync();
        _subscriber = _world.NewPushSubscriber();
        Configure(new Uri(_callback.Urls.First() + "/"));
        Feed(3);
        await _world.PollAsync();
    }

    public async Task DisposeAsync()
    {
        _subscriber.Dispose();
        _hub.Dispose();
        await _callback.DisposeAsync();
        await _world.DisposeAsync();
    }

    private void Configure(Uri? publicUrl)
    {
        var configuration = WatchConfigurations.Of([_world.Source()], _world.Server.Port);
        _world.Configure(configuration with { Operator = configuration.Operator with { PublicUrl = publicUrl, To = ["ops@example.com"], Via = "mail" } });
    }

    private void Feed(int last) =>
        _world.Server.Answer("/feed", Reply.Text(Rss.Of(last), ("Link", $"<{_hub.Url}>; rel=\"hub\", <{Topic}>; rel=\"self\"")));

    private Task KeepAsync() => _subscriber.KeepAsync(CancellationToken.None);

    private Push? Push => _world.Database.Read(db => PushStore.Find(db, "bbc"));

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task What_a_hub_pushes_is_new_at_once(string method)
    {
        await KeepAsync();
        Assert.Equal(("subscribe", Topic), (_hub.Asked.First()["hub.mode"], _hub.Asked.First()["hub.topic"]));
        Assert.True(await _hub.VerifyAsync(3600));

        var answer = await _hub.PublishAsync(Topic, Rss.Of(5, 4), method);

        Assert.Equal((HttpStatusCode.Accepted, 2L), (answer, _world.States()["new"]));
    }

    [Fact]
    public async Task A_pushed_item_is_not_new_again_when_it_is_polled()
    {
        await KeepAsync();
        await _hub.VerifyAsync(360_000);
        await _hub.PublishAsync(Topic, Rss.Of(4, 4));
        await _world.ProcessAsync();
        Feed(4);

        await _world.PollWhenDueAsync();

        Assert.False(_world.States().ContainsKey("new"));
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("none")]
    [InlineData("md5")]
    public async Task What_is_not_signed_with_the_secret_changes_nothing(string method)
    {
        await KeepAsync();
        await _hub.VerifyAsync(3600);

        await _hub.PublishAsync(Topic, Rss.Of(9, 4), method, otherSecret: "guessed");

        Assert.False(_world.States().ContainsKey("new"));
    }

    [Fact]
    public async Task Polls_slow_down_only_after_three_pushes_came_first_and_while_the_lease_lasts()
    {
        await KeepAsync();
        await _hub.VerifyAsync(7200);
        foreach (var last in new[] { 4, 5, 6 })
        {
            await AssertPollsAreUsualAsync();
            await PublishAsync(last);
            Feed(last);
        }

        var pushed = await _world.PollWhenDueAsync();
        Assert.InRange(pushed.NextDue - _world.Now, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31.5));

        _world.Clock.Advance(TimeSpan.FromHours(2));
        await AssertPollsAreUsualAsync();
    }

    [Fact]
    public async Task Polls_are_as_often_as_before_once_one_saw_an_item_that_no_push_had_brought()
    {
        await KeepAsync();
        await _hub.VerifyAsync(360_000);
        foreach (var last in new[] { 4, 5, 6 })
        {
            await PublishAsync(last);
        }

        Feed(7);

        await AssertPollsAreUsualAsync();
        Assert.Equal(0, Push!.Lead);
    }

    [Fact]
    public async Task A_push_that_brings_nothing_new_proves_nothing()
    {
        await KeepAsync();
        await _hub.VerifyAsync(360_000);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await PublishAsync(3);
        }

        await AssertPollsAreUsualAsync();
    }

    private async Task AssertPollsAreUsualAsync()
    {
        var row = await _world.PollWhenDueAsync();
        Assert.InRange(row.NextDue - _world.Now, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.25));
    }

    private Task<HttpStatusCode> PublishAsync(int last) => _hub.PublishAsync(Topic, Rss.Of(last));

    [Fact]
    public async Task A_confirmation_is_taken_once_and_within_an_hour_of_the_question()
    {
        await KeepAsync();
        var asked = _hub.Asked.First();
        _world.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, await ConfirmAsync(asked));

        await KeepAsync();
        Assert.Equal(HttpStatusCode.OK, await ConfirmAsync(asked));
        var lease = Push!.Expires;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, await ConfirmAsync(asked));
        Assert.Equal(lease, Push!.Expires);
    }

    [Fact]
    public async Task After_a_denial_nothing_is_confirmed_or_taken_until_the_hub_was_asked_again()
    {
        await KeepAsync();
        var asked = _hub.Asked.First();
        Assert.True(await _hub.VerifyAsync(3600));
        Assert.Equal(HttpStatusCode.OK, await ConfirmAsync(asked, "denied"));

        Assert.Equal(HttpStatusCode.NotFound, await ConfirmAsync(asked));
        Assert.Equal(HttpStatusCode.NotFound, await PublishAsync(9));
        Assert.Equal(PushState.Denied, Push!.State);
        Assert.False(_world.States().ContainsKey("new"));
    }

    [Fact]
    public async Task Pushes_are_taken_within_the_lease_alone()
    {
        await KeepAsync();
        await _hub.VerifyAsync(3600);
        _world.Clock.Advance(TimeSpan.FromSeconds(3601));

        Assert.Equal(HttpStatusCode.NotFound, await PublishAsync(9));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(int.MaxValue, 864_000)]
    public async Task A_lease_is_no_longer_than_what_was_asked_for(int said, int believed)
    {
        await KeepAsync();
        await _hub.VerifyAsync(said);

        Assert.Equal(_world.Now.AddSeconds(believed), Push!.Expires);
    }

    [Fact]
    public async Task A_hub_without_TLS_gets_neither_token_nor_secret_but_a_safe_one_beside_it_does()
    {
        const string Open = "http://hub.example.com/hub";
        _world.Server.Answer("/feed", Reply.Text(Rss.Of(4), ("Link", $"<{Open}>; rel=\"hub\", <{Topic}>; rel=\"self\"")));
        await _world.PollWhenDueAsync();
        await KeepAsync();
        Assert.Null(Push);

        _world.Server.Answer("/feed", Reply.Text(Rss.Of(5), ("Link", $"<{Open}>; rel=\"hub\", <https://hub.example.com/hub>; rel=\"hub\", <{Topic}>; rel=\"self\"")));
        await _world.PollWhenDueAsync();
        await KeepAsync();
        Assert.Equal("https://hub.example.com/hub", Push!.Hub);
    }

    [Fact]
    public async Task A_hub_that_pushes_too_much_is_refused_for_the_rest_of_the_hour_and_told_of_once()
    {
        await KeepAsync();
        await _hub.VerifyAsync(360_000);
        for (var n = 0; n < PushTurns.MaxBodies; n++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await _hub.PublishAsync(Topic, "x"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await PublishAsync(9));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PublishAsync(9));
        Assert.Equal(["The hub of source bbc pushes too much"], _world.Notices());

        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Accepted, await PublishAsync(9));
    }

    private static async Task<HttpStatusCode> ConfirmAsync(Dictionary<string, string> asked, string mode = "subscribe")
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{asked["hub.callback"]}?hub.mode={mode}&hub.topic={Uri.EscapeDataString(asked["hub.topic"])}&hub.challenge=x&hub.lease_seconds=3600"));
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_subscription_is_renewed_before_its_lease_ends_and_not_sooner()
    {
        await KeepAsync();
        await _hub.VerifyAsync(100_000);
        _world.Clock.Advance(TimeSpan.FromSeconds(79_000));
        await KeepAsync();
        Assert.Empty(_hub.Asked);

        _world.Clock.Advance(TimeSpan.FromSeconds(2_000));
        await KeepAsync();

        Assert.Single(_hub.Asked);
        Assert.Equal(PushState.Active, Push!.State);
        Assert.True(await _hub.VerifyAsync(100_000));
        Assert.Equal(_world.Now.AddSeconds(100_000), Push!.Expires);
    }

    [Fact]
    public async Task An_unanswered_request_is_repeated_after_an_hour()
    {
        await KeepAsync();
        await KeepAsync();
        Assert.Single(_hub.Asked);

        _world.Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync();

        Assert.Equal(2, _hub.Asked.Count);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_confirmed()
    {
        await KeepAsync();
        Assert.False(await _hub.VerifyAsync(3600, topic: "https://other.example.com/feed"));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync();
        Assert.False(await _hub.VerifyAsync(3600, mode: "unsubscribe"));

        Assert.Equal(PushState.Pending, Push!.State);
        using var http = new HttpClient();
        using var guess = await http.GetAsync(new Uri($"{_callback.Urls.First()}/push/guess?hub.mode=subscribe&hub.topic={Topic}&hub.challenge=x"));
        Assert.Equal(HttpStatusCode.NotFound, guess.StatusCode);
    }

    [Fact]
    public async Task Without_a_public_address_nobody_is_asked_and_nothing_is_answered()
    {
        await KeepAsync();
        var callback = _hub.Asked.First()["hub.callback"];
        Configure(null);

        Assert.False(await _hub.VerifyAsync(3600));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        await KeepAsync();

        Assert.Empty(_hub.Asked);
        using var http = new HttpClient();
        using var post = await http.PostAsync(new Uri(callback), new StringContent("x"));
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
    }

    [Fact]
    public async Task A_hub_inside_the_network_is_not_asked()
    {
        var configuration = WatchConfigurations.Of([_world.Source()], _world.Server.Port);
        _world.Configure(configuration with { Operator = configuration.Operator with { AllowPrivate = [], PublicUrl = new Uri(_callback.Urls.First() + "/") } });

        await KeepAsync();

        Assert.Empty(_hub.Asked);
    }
}
