using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.WebSub;

/// <summary>Bodies that are posted to the callback address, over sockets, at the program's own ports.</summary>
public sealed class PushUploadTests : IAsyncLifetime
{
    private const string Secret = "the-secret-of-this-subscription";
    private OpenPorts _ports = null!;

    public async Task InitializeAsync()
    {
        _ports = await OpenPorts.OpenAsync();
        _ports.World.Configure(watch => watch with { Operator = watch.Operator with { PublicUrl = new Uri("https://newswatch.example.com/") } });
        await _ports.World.PollAsync(_ports.World.Source("bbc", "/feed"));
        var now = _ports.World.Clock.GetUtcNow();
        await _ports.World.Database.WriteAsync(db =>
        {
            Stored.Set(db, "source", new { baselined = now });
            PushStore.Save(db, new("bbc", "https://hub.example.com/", "https://news.example.com/feed", "known", Secret, PushState.Active, now, now.AddDays(1)));
        });
    }

    public async Task DisposeAsync() => await _ports.DisposeAsync();

    [Theory]
    [InlineData("unknown")]
    [InlineData("..%2fknown")]
    public async Task A_body_for_nobody_is_refused_before_it_is_sent_and_the_connection_ends(string token)
    {
        await using var upload = await UploadAsync(token, length: 15_000_000);

        Assert.StartsWith("HTTP/1.1 404", await upload.AnswerAsync(), StringComparison.Ordinal);
        Assert.Contains("Connection: close", upload.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_body_of_the_same_source_waits_for_the_first_to_end()
    {
        var body = Encoding.UTF8.GetBytes(Rss.Of(5));
        await using (var first = await UploadAsync("known", body.Length, Sign(body), asks: true))
        {
            await first.SendAsync(body[..10]);
            await first.IsReadAsync();
            await using var second = await UploadAsync("known", body.Length, Sign(body));
            Assert.StartsWith("HTTP/1.1 429", await second.AnswerAsync(), StringComparison.Ordinal);

            await first.SendAsync(body[10..]);
            Assert.StartsWith("HTTP/1.1 202", await first.AnswerAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(5, _ports.World.Items("bbc"));
        await using var third = await UploadAsync("known", body.Length, Sign(body));
        await third.SendAsync(body);
        Assert.StartsWith("HTTP/1.1 202", await third.AnswerAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((4 * 1024 * 1024) + 1)]
    [InlineData(long.MaxValue)]
    public async Task A_body_that_is_too_large_is_refused_by_its_length(long length)
    {
        await using var upload = await UploadAsync("known", length);

        Assert.StartsWith("HTTP/1.1 413", await upload.AnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_signature_that_could_be_ours_is_not_read()
    {
        await using var upload = await UploadAsync("known", 1_000_000, "md5=00");

        Assert.StartsWith("HTTP/1.1 202", await upload.AnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_gives_the_turn_back()
    {
        var body = Encoding.UTF8.GetBytes(Rss.Of(5));
        await using (var broken = await UploadAsync("known", body.Length, Sign(body), asks: true))
        {
            await broken.SendAsync(body[..10]);
            await broken.IsReadAsync();
        }

        HttpStatusCode status;
        do
        {
            status = await PostAsync(body, Sign(body));
        }
        while (status is HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.Accepted, status);
    }

    private async Task<HttpStatusCode> PostAsync(byte[] body, string signature) => (await _ports.Public.AskAsync("/push/known", request =>
    {
        request.Method = HttpMethod.Post;
        request.Content = new ByteArrayContent(body);
        request.Headers.TryAddWithoutValidation("X-Hub-Signature", signature);
    })).Status;

    private static string Sign(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));

    private Task<Upload> UploadAsync(string token, long length, string signature = "sha256=00", bool asks = false) =>
        Upload.BeginAsync(_ports.Public.BaseAddress!, token, length, signature, asks ? "Expect: 100-continue\r\n" : "");

    /// <summary>A POST whose body is sent by hand.</summary>
    private sealed class Upload(TcpClient connection) : IAsyncDisposable
    {
        public string Answer { get; private set; } = "";

        public static async Task<Upload> BeginAsync(Uri to, string token, long length, string signature, string expects)
        {
            var connection = new TcpClient { NoDelay = true };
            await connection.ConnectAsync(to.Host, to.Port);
            var head = $"POST /push/{token} HTTP/1.1\r\nHost: newswatch.example.com\r\nContent-Type: application/rss+xml\r\nX-Hub-Signature: {signature}\r\n{expects}Content-Length: {length}\r\n\r\n";
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            return new(connection);
        }

        public async Task SendAsync(byte[] part) => await connection.GetStream().WriteAsync(part);

        /// <summary>Ends once the server reads the body: it asks for it then (RFC 9110, 10.1.1).</summary>
        public async Task IsReadAsync()
        {
            Assert.StartsWith("HTTP/1.1 100", await AnswerAsync(), StringComparison.Ordinal);
            Answer = "";
        }

        /// <summary>The head of the answer.</summary>
        public async Task<string> AnswerAsync()
        {
            var buffer = new byte[4096];
            while (!Answer.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var count = await connection.GetStream().ReadAsync(buffer);
                Assert.NotEqual(0, count);
                Answer += Encoding.ASCII.GetString(buffer, 0, count);
            }

            return Answer;
        }

        public ValueTask DisposeAsync()
        {
            connection.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
