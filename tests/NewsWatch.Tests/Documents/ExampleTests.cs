using System.Diagnostics;
using System.Net;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Messages.Webhook;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Documents;

/// <summary>The examples in deploy/examples do what they say.</summary>
public sealed class ExampleTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly (string, string)[] Variables =
    [
        ("SMTP_USER", "newsroom"), ("SMTP_PASSWORD", "a-password-of-the-test"), ("AGENCY_KEY", "Bearer 0123456789abcdef"), ("TICKETS_URL", "https://tickets.example.com/hook"),
        ("TICKETS_SECRET", Secret), ("PHONE_URL", "https://phone.example.com/topic"), ("HEARTBEAT_URL", "https://beat.example.com/newswatch"),
    ];

    [Theory]
    [InlineData("small-newsroom.json")]
    [InlineData("risk-desk.json")]
    public async Task Check_finds_nothing_wrong_with_an_example_configuration(string file)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var check = ServiceProcess.Start(Repository.Root, $"check deploy/examples/{file}", environment: Variables);

        var exit = await check.EndAsync(patience.Token);

        Assert.Equal((0, true), (exit, check.Output.Contains("0 warnings.", StringComparison.Ordinal)));
    }

    [PythonFact]
    public async Task The_receiver_takes_what_is_signed_once_and_nothing_else()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        using var receiver = Start();
        var first = await receiver.StandardOutput.ReadLineAsync(patience.Token) ?? "";
        using var client = new HttpClient { BaseAddress = new Uri(first[first.IndexOf("http:", StringComparison.Ordinal)..]) };
        const string Alert = """{ "type": "alert.created", "data": { "article": { "title": "Truce in Norland" } } }""";

        var forged = await CallAsync(client, "one", Alert, "whsec_" + Convert.ToBase64String(new byte[24]), patience.Token);
        var taken = await CallAsync(client, "one", Alert, Secret, patience.Token);
        var repeated = await CallAsync(client, "one", Alert, Secret, patience.Token);
        var test = await CallAsync(client, "two", """{ "type": "test", "data": { "subject": "A test" } }""", Secret, patience.Token);
        receiver.Kill();

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent], [forged, taken, repeated, test]);
        Assert.Equal("Truce in Norland\nA test\n", await receiver.StandardOutput.ReadToEndAsync(patience.Token));
    }

    private static Process Start() => Process.Start(new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "deploy", "examples", "webhook-receiver.py"), "0"])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
        Environment = { ["WEBHOOK_SECRET"] = Secret },
    })!;

    private static async Task<HttpStatusCode> CallAsync(HttpClient client, string id, string body, string secret, CancellationToken cancellation)
    {
        var channel = new Channel.Webhook("tickets") { Url = client.BaseAddress!, Secrets = [secret] };
        using var request = WebhookRequest.Create(channel, id, new(Encoding.UTF8.GetBytes(body), "application/json"), TimeProvider.System.GetUtcNow());
        using var reply = await client.SendAsync(request, cancellation);
        return reply.StatusCode;
    }
}

/// <summary>Needs Python 3; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = folders.Any(folder => File.Exists(Path.Combine(folder, "python3"))) ? null! : "Python 3 is not installed";
    }
}
