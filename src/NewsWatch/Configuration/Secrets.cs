using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration;

/// <summary>Resolves the configuration's secrets: <c>env:NAME</c>, <c>file:/path</c>. Messages never contain a value.</summary>
/// <param name="environment">The value of a variable, or null.</param>
/// <param name="readFile">Returns the text of a file, or null if it cannot be read.</param>
public sealed class Secrets(Func<string, string?> environment, Func<string, string?> readFile)
{
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <summary>A file: URL is an address, not a reference to a secret.</summary>
    private const string FileAddress = "file://";

    private const int MaxFileLength = 64 * 1024;

    /// <summary>This process's environment and file system.</summary>
    public static Secrets OfProcess { get; } = new(Environment.GetEnvironmentVariable, ReadFile);

    /// <summary>The same secrets, noting each read.</summary>
    internal Secrets Noting(ExternalInputs outside) =>
        new(name => outside.Note(() => environment(name)), path => outside.Note(() => readFile(path)));

    /// <summary>True if the text refers to a secret.</summary>
    internal static bool IsReference(string text) =>
        text.StartsWith(FromEnvironment, StringComparison.Ordinal)
        || (text.StartsWith(FromFile, StringComparison.Ordinal) && !text.StartsWith(FileAddress, StringComparison.Ordinal));

    /// <summary>The secret that the text refers to; a literal is an error. A line end at the file's end is not part of it.</summary>
    internal ParseResult<string> Read(string text)
    {
        if (text.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var name = text[FromEnvironment.Length..];
            return environment(name) is { Length: > 0 } value ? value : ParseResult<string>.Wrong($"environment variable {name} is not set. Set it where NewsWatch runs, or write \"file:/path\".");
        }

        if (text.StartsWith(FromFile, StringComparison.Ordinal))
        {
            var path = text[FromFile.Length..];
            if (!Path.IsPathRooted(path))
            {
                return ParseResult<string>.Wrong($"the path {path} is relative. Write file:/run/secrets/{path}.");
            }

            return readFile(path)?.TrimEnd('\r', '\n') is { Length: > 0 } value
                ? value
                : ParseResult<string>.Wrong($"the file {path} is missing, empty or not readable.");
        }

        return ParseResult<string>.Wrong("literal secrets are refused. Use \"env:NAME\" or \"file:/path\".");
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxFileLength } ? File.ReadAllText(path) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
