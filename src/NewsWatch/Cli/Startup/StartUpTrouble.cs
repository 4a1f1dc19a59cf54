using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>Explains in one line why a command cannot work, where, and what to do, with an exit code.</summary>
internal sealed record StartUpTrouble(int Exit, string Text)
{
    /// <summary>Explains a failure to an operator; null for a bug, which only its stack explains.</summary>
    public static StartUpTrouble? From(Exception failure, IConfiguration settings) => failure switch
    {
        SettingException or SchemaMismatchException => new(ExitCode.Configuration, failure.Message),
        DatabaseLockException locked => new(locked.IsTaken ? ExitCode.TryLater : ExitCode.NoInput, locked.Message),
        NoDatabaseException => new(ExitCode.NoInput, failure.Message),
        _ when StorageTrouble.IsAny(failure) => new DatabaseTrouble(settings).Of(failure),
        SocketException refused => Port(failure, refused, settings),
        IOException { InnerException: AddressInUseException { InnerException: SocketException refused } } => Port(failure, refused, settings),
        FormatException when BadEndpoint(settings) is { } endpoint => new(
            ExitCode.Configuration, $"Kestrel__Endpoints__{endpoint.Key}__Url is \"{endpoint["Url"]}\", which is not an address to listen on. Write e.g. http://127.0.0.1:8080."),
        IOException or UnauthorizedAccessException => new DatabaseTrouble(settings).Of(failure),
        _ => null,
    };

    /// <summary>Writes it to the error output; a bug with its stack.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception failure, IConfiguration settings)
    {
        var trouble = From(failure, settings) ?? new(ExitCode.Software, $"NewsWatch failed because of a bug: {failure}");
        return trouble.Tell();
    }

    /// <inheritdoc cref="Tell(Exception, IConfiguration)"/>
    public int Tell()
    {
        Console.Error.WriteLine(TerminalText.Clean(Text));
        return Exit;
    }

    private static StartUpTrouble Port(Exception failure, SocketException refused, IConfiguration settings) => new(
        ExitCode.Unavailable,
        $"{failure.Message.TrimEnd('.')}. {Remedy(refused.SocketErrorCode)} set {string.Join(" or ", Endpoints(settings).Select(endpoint => $"Kestrel__Endpoints__{endpoint.Key}__Url (now {endpoint["Url"]})"))}.");

    private static string Remedy(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "Another process holds the port (`ss -ltnp` names it); end it, or",
        SocketError.AccessDenied => "This process may not use that port; take one above 1023:",
        SocketError.AddressNotAvailable => "This machine has no such address:",
        _ => "To listen elsewhere,",
    };

    private static IEnumerable<IConfigurationSection> Endpoints(IConfiguration settings) => settings.GetSection("Kestrel:Endpoints").GetChildren();

    private static IConfigurationSection? BadEndpoint(IConfiguration settings) => Endpoints(settings).FirstOrDefault(endpoint =>
    {
        try
        {
            BindingAddress.Parse(endpoint["Url"] ?? "");
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    });
}
