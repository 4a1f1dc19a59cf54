using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>The other side of the `deliver` verb, in a process of its own.</summary>
internal static class MailServer
{
    /// <summary>Serves until its standard input ends; prints its port first.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var server = new FakeSmtpServer();
        Console.WriteLine(server.Port);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
