using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Hosting;

/// <summary>
/// The host's settings (Logging, Kestrel, Storage, Web): the configuration file without its section NewsWatch, then environment
/// variables (<c>Storage__Path</c>), over the defaults here. Read once at the start.
/// </summary>
internal static class HostSettings
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Storage:Path"] = "data/newswatch.db",
        ["Kestrel:Endpoints:Operator:Url"] = "http://127.0.0.1:8081",
        ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:8080",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Quartz"] = "Warning",

        // RunCommand reports a failed start in one line; the host would print it three times, with all its stacks.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
    };

    /// <summary>Secrets of the ports; each may refer to one as the configuration's do.</summary>
    private static readonly string[] Tokens = ["Web:OperatorToken", "Web:ViewerToken", "Web:FeedToken"];

    /// <summary>Reads the settings; a file that is not JSON gives the defaults, because the watch configuration's loader reports its error.</summary>
    public static IConfigurationRoot Read(string configurationFile)
    {
        try
        {
            return Build(WithoutWatch(File.ReadAllText(configurationFile)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or JsonException)
        {
            return Build("{}"u8.ToArray());
        }
    }

    // The watch configuration may be long, and the settings are kept as long as the process runs: a key and a value for each line of it.
    private static byte[] WithoutWatch(string text)
    {
        using var file = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (file.RootElement.ValueKind != JsonValueKind.Object)
        {
            return "{}"u8.ToArray();
        }

        var settings = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(settings))
        {
            writer.WriteStartObject();
            foreach (var section in file.RootElement.EnumerateObject().Where(section => !section.NameEquals("NewsWatch")))
            {
                section.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return settings.WrittenSpan.ToArray();
    }

    /// <summary>Where the database is.</summary>
    /// <exception cref="SettingException">Something of it is wrong: all that is, a line each.</exception>
    public static StorageTarget Target(IConfiguration settings)
    {
        var errors = StorageSettings.Errors(settings);
        if (errors.Count > 0)
        {
            throw new SettingException(string.Join('\n', errors.Select(error => error.ToString())));
        }

        var target = Place(settings);
        return target.Connection is null ? target : StorageSettings.Complete(target, settings);
    }

    private static StorageTarget Place(IConfiguration settings)
    {
        if (settings["Storage:Connection"] is not { Length: > 0 } reference)
        {
            return new(settings["Storage:Path"]!, null);
        }

        return new("", Connection(reference, "Storage__Connection"), settings["Storage:Replica"] is { Length: > 0 } name ? name : null, () => Secrets.OfProcess.Read(reference).Value);
    }

    /// <summary>The connection string that a reference (<c>env:NAME</c>, <c>file:/path</c>) names.</summary>
    /// <param name="setting">Where the reference is written, for the error.</param>
    /// <exception cref="SettingException">It is no reference to a secret, or its secret is missing or no connection string.</exception>
    public static string Connection(string reference, string setting)
    {
        var connection = Secrets.OfProcess.Read(reference);
        var wrong = connection.Error ?? PostgresSetup.Problem(connection.Value!);
        return wrong is null ? connection.Value! : throw new SettingException($"{setting}: {wrong}");
    }

    private static IConfigurationRoot Build(byte[] file)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(Defaults).AddJsonStream(new MemoryStream(file)).AddEnvironmentVariables().Build();
        foreach (var token in Tokens)
        {
            if (settings[token] is { } reference && Secrets.IsReference(reference))
            {
                var secret = Secrets.OfProcess.Read(reference);
                settings[token] = secret.Error is { } wrong ? throw new SettingException($"{token.Replace(":", "__", StringComparison.Ordinal)}: {wrong}") : secret.Value;
            }
        }

        return settings;
    }
}
