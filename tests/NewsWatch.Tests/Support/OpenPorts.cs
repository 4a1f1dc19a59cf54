using System.Net;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Tests.Support;

/// <summary>The whole service with both ports open, and a client for each.</summary>
internal sealed class OpenPorts : IAsyncDisposable
{
    private OpenPorts(HostileWorld world, HttpClient forPublic, HttpClient forOperator) => (World, Public, Operator) = (world, forPublic, forOperator);

    public HostileWorld World { get; }

    public HttpClient Public { get; }

    public HttpClient Operator { get; }

    public static async Task<OpenPorts> OpenAsync(params (string Name, string Value)[] settings)
    {
        var world = await HostileWorld.OpenAsync(settings: settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        var (forPublic, forOperator) = await world.ListenAsync();
        return new(world, forPublic, forOperator);
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Operator.Dispose();
        await World.DisposeAsync();
    }
}

/// <summary>Questions to a port.</summary>
internal static class PortQuestions
{
    /// <summary>Asks for a path, by GET unless <paramref name="change"/> says otherwise.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> AskAsync(this HttpClient client, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
