using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>
/// Checks the host's sections beside NewsWatch. The host reads them itself, once at its start, with environment variables over them; a mistake
/// that it would ignore, such as a misspelled key for the database's path, is an error here.
/// </summary>
internal static class HostReader
{
    private const int HighestPort = 65535;
    private const int MaxBackups = 1000;

    private const int MinConnections = 2;
    private const int MaxConnections = 100;

    /// <summary>Why no backup is made of PostgreSQL, and what to do.</summary>
    internal const string NoBackup = "PostgreSQL is backed up by its own means: pg_dump, or an archive of its write-ahead log. Remove this key.";

    private static readonly string[] OfBackups = ["BackupFolder", "KeepBackups"];

    /// <summary>The sections' names.</summary>
    public static readonly string[] Sections = ["Storage", "Logging", "Kestrel", "Web"];

    /// <summary>The retention of stories and deliveries: 1 to 366 days.</summary>
    public static Func<string, ParseResult<TimeSpan>> Keep { get; } = Values.Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(366));

    /// <summary>The number of backups to keep: 1 to 1000.</summary>
    public static ParseResult<int> Backups(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MaxBackups
            ? count
            : ParseResult<int>.Wrong($"\"{text}\" is out of range. Use 1 to {MaxBackups}.");

    /// <summary>The connections of a replica: 2 to 100.</summary>
    public static ParseResult<int> Connections(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= MinConnections and <= MaxConnections
            ? count
            : ParseResult<int>.Wrong($"\"{text}\" is out of range. Use {MinConnections} to {MaxConnections}.");

    /// <summary>True or false, as an environment variable has it.</summary>
    public static ParseResult<bool> Flag(string text) => bool.TryParse(text, out var flag) ? flag : ParseResult<bool>.Wrong($"\"{text}\" is neither true nor false.");

    /// <summary>Reads all of them.</summary>
    public static void Check(ObjectNode root, Problems problems)
    {
        var section = new Section(root, "", problems);
        foreach (var member in root.Members.GroupBy(member => member.Key).Where(group => group.Count() > 1).Select(group => group.Last()))
        {
            problems.Error(member.KeyPlace, member.Key, "is set twice. Keep one.");
        }

        Storage(section.Beside("Storage"));
        Web(section.Beside("Web"));
        Logging(section.Beside("Logging"));
        Kestrel(section.Beside("Kestrel"));
    }

    private static void Storage(Section? storage)
    {
        if (storage is null)
        {
            return;
        }

        if (storage.Has("Path"))
        {
            storage.RequiredText("Path");
        }

        Server(storage);
        storage.Value("KeepStories", Keep, default);
        storage.Value("KeepDeliveries", Keep, default);
        storage.Text("BackupFolder");
        Count(storage, "KeepBackups", Backups, 1, MaxBackups);
        storage.Close();
    }

    /// <summary>A number, written as one or as a string.</summary>
    private static void Count(Section storage, string key, Func<string, ParseResult<int>> read, int least, int most)
    {
        if (storage.Number(key) is null)
        {
            storage.Value(key, read, default);
        }
        else
        {
            storage.Int(key, least, most, least);
        }
    }

    /// <summary>PostgreSQL instead of a file. The secret itself is read at the start alone: it may be there on the service's machine and nowhere else.</summary>
    private static void Server(Section storage)
    {
        foreach (var key in new[] { "Connection", "Direct" })
        {
            storage.Value(key, text => Secrets.IsReference(text) ? text : ParseResult<string>.Wrong("literal secrets are refused. Use \"env:NAME\" or \"file:/path\"."), "");
        }

        Count(storage, "Connections", Connections, MinConnections, MaxConnections);
        storage.Text("Replica");
        storage.Bool("Migrate", true);
        if (!storage.Has("Connection"))
        {
            return;
        }

        if (storage.Has("Path"))
        {
            storage.Problems.Error(storage.PlaceOf("Path"), storage.PathOf("Path"), "is of a database file, and Connection names a PostgreSQL server. Name one.");
        }

        foreach (var backup in OfBackups.Where(storage.Has))
        {
            storage.Problems.Error(storage.PlaceOf(backup), storage.PathOf(backup), NoBackup);
        }
    }

    private static void Web(Section? web)
    {
        if (web is null)
        {
            return;
        }

        web.Text("OperatorToken");
        web.Text("OperatorHosts");
        web.Text("ViewerToken");
        web.Text("FeedToken");
        web.Bool("Desk", true);
        SignInReader.Check(web);
        web.Close();
    }

    private static void Logging(Section? logging)
    {
        foreach (var (category, _, level) in logging?.Members("LogLevel") ?? [])
        {
            if (level is not TextNode text || !Enum.GetNames<LogLevel>().Contains(text.Text, StringComparer.OrdinalIgnoreCase))
            {
                var written = level is TextNode wrong ? $"\"{wrong.Text}\"" : level.Kind;
                logging!.Problems.Error(
                    level.Place,
                    $"Logging.LogLevel.{category}",
                    $"{written} is not a log level. Use {Values.Alternatives(Enum.GetNames<LogLevel>())}.{Spelling.DidYouMean(written.Trim('"'), Enum.GetNames<LogLevel>())}");
            }
        }
    }

    private static void Kestrel(Section? kestrel)
    {
        foreach (var (name, _, value) in kestrel?.Members("Endpoints") ?? [])
        {
            if (value is not ObjectNode endpoint)
            {
                kestrel!.Problems.Error(value.Place, $"Kestrel.Endpoints.{name}", $"expected an object {{ }}, found {value.Kind}. Write {{ \"Url\": \"http://127.0.0.1:8080\" }}.");
                continue;
            }

            var section = new Section(endpoint, $"Kestrel.Endpoints.{name}", kestrel!.Problems);
            section.RequiredText("Url");
            section.Value("Url", Binding, "");
        }
    }

    private static ParseResult<string> Binding(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Port: >= 0 and <= HighestPort, Scheme: "http" or "https" } ? text : Wrong();
        }
        catch (FormatException)
        {
            return Wrong();
        }

        ParseResult<string> Wrong() => ParseResult<string>.Wrong($"\"{text}\" is not an address to listen on. Write e.g. http://127.0.0.1:8080; ports end at {HighestPort}.");
    }
}
