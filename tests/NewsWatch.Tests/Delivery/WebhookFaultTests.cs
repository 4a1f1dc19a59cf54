using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What a receiver can do to a call, row by row: what becomes of it, when it is tried again, and what the ledger says.</summary>
public sealed class WebhookFaultTests
{
    private const int Never = 0;
    private const int Soon = 5;

    private static readonly Row[] Table =
    [
        new("200", Status(200), "sent", Never, null),
        new("204", Status(204), "sent", Never, null),
        new("301", Status(301, "Location", "/elsewhere"), "pending", Soon, "answered 301: redirects are not followed; give the channel the new address"),
        new("302", Status(302, "Location", "/elsewhere"), "pending", Soon, "answered 302: redirects are not followed; give the channel the new address"),
        new("308", Status(308, "Location", "/elsewhere"), "pending", Soon, "answered 308: redirects are not followed; give the channel the new address"),
        new("400", Status(400), "pending", Soon, "answered 400"),
        new("400 with words", Body(400, "invalid_payload\u001b[2J: <b>no</b>"), "pending", Soon, "answered 400: invalid_payload [2J: <b>no</b>"),
        new("400 with its own address", Body(400, "no such thing: /hook?"), "pending", Soon, "answered 400: no such thing: (hidden)?"),
        new("413 with a flood of words", Body(413, new string('x', 1_000_000)), "pending", Soon, $"answered 413: {new string('x', 199)}…"),
        new("422", Status(422), "pending", Soon, "answered 422"),
        new("401", Status(401), "pending", Soon, "answered 401"),
        new("404", Status(404), "pending", Soon, "answered 404"),
        new("410", Status(410), "dead", Never, "answered 410: the endpoint is gone."),
        new("429", Status(429), "pending", Soon, "answered 429"),
        new("429 for seconds", Status(429, "Retry-After", "600"), "pending", 600, "answered 429"),
        new("429 until a time", Status(429, "Retry-After", "Wed, 06 Aug 2025 19:00:00 GMT"), "pending", 900, "answered 429"),
        new("429 until a time in the old form", Status(429, "Retry-After", "Wednesday, 06-Aug-25 19:00:00 GMT"), "pending", 900, "answered 429"),
        new("429 for years", Status(429, "Retry-After", "99999999"), "pending", 24 * 60 * 60, "answered 429"),
        new("429 until a time that is over", Status(429, "Retry-After", "Mon, 01 Jan 2024 00:00:00 GMT"), "pending", Soon, "answered 429"),
        new("429 for nonsense", Status(429, "Retry-After", "soon"), "pending", Soon, "answered 429"),
        new("500", Status(500), "pending", Soon, "answered 500"),
        new("500 for seconds", Status(500, "Retry-After", "600"), "pending", 600, "answered 500"),
        new("502", Status(502), "pending", Soon, "answered 502"),
        new("503 for seconds", Status(503, "Retry-After", "120"), "pending", 120, "answered 503"),
        new("504", Status(504), "pending", Soon, "answered 504"),
        new("slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted), "pending", Soon, "did not answer within 15 s", IsSlow: true),
        new("cut", Cut, "pending", Soon, "broke the connection before it answered", Times: 2),
        new("cut within its answer's head", CutInHead, "pending", Soon, "broke the connection before it answered", Times: 2),
        new("cut once", Cut, "sent", Never, null, Calls: 2),
    ];

    public static TheoryData<string> Rows => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_answer_has_its_state_its_next_try_and_its_words(string name)
    {
        var row = Table.Single(row => row.Name == name);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = new DeliveryWorld(DeliveryWorld.Hook(receiver));
        var key = await world.AddAsync("desk", "hook");

        await DeliverAsync(world, receiver, row);

        var (state, attempts, error) = world.Look(key);
        Assert.Equal((row.State, 1L), (state, attempts));
        Assert.Equal(row.Words, error?[(error.IndexOf(')', StringComparison.Ordinal) + 2)..]); // behind host and hash
        await LaterAsync(world, receiver, key, row);
    }

    private static async Task DeliverAsync(DeliveryWorld world, WebhookReceiver receiver, Row row)
    {
        var reached = new TaskCompletionSource();
        for (var time = 0; time < row.Times; time++)
        {
            receiver.Next(context =>
            {
                reached.TrySetResult();
                return row.Answer(context);
            });
        }

        var delivering = world.DeliverAsync();
        if (row.IsSlow)
        {
            await reached.Task;
            world.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        await delivering;
    }

    /// <summary>What is done stays so; the rest arrives at its time, not before, under the same id, and no redirect was followed.</summary>
    private static async Task LaterAsync(DeliveryWorld world, WebhookReceiver receiver, string key, Row row)
    {
        if (row.NextTry == Never)
        {
            await world.DeliverAsync(TimeSpan.FromDays(1));
            Assert.Equal(row.Calls, receiver.Calls.Count);
            Assert.Single(receiver.Calls.Select(call => call.Id).Distinct());
            return;
        }

        var wait = world.DueIn(key);
        Assert.InRange(wait.TotalSeconds, row.NextTry, row.NextTry * 1.1);
        await world.DeliverAsync(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(("pending", 1L), (world.Look(key).State, world.Look(key).Attempts));
        await world.DeliverAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("sent", 2L, null), world.Look(key));
        Assert.Equal(row.Times + 1, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => call.Id).Distinct());
    }

    private static Func<HttpContext, Task> Status(int status, string? header = null, string? value = null) => context =>
    {
        context.Response.StatusCode = status;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };

    private static Func<HttpContext, Task> Body(int status, string text) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    };

    private static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task CutInHead(HttpContext context)
    {
        var wire = context.Features.Get<IConnectionTransportFeature>()!.Transport.Output;
        await wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-"u8.ToArray());
        context.Abort();
    }

    /// <summary>A fault and what is to come of it.</summary>
    /// <param name="NextTry">Seconds, without the jitter.</param>
    /// <param name="Times">How often the fault happens.</param>
    /// <param name="Calls">How many calls it takes in the end.</param>
    private sealed record Row(string Name, Func<HttpContext, Task> Answer, string State, int NextTry, string? Words, bool IsSlow = false, int Times = 1, int Calls = 1);
}
