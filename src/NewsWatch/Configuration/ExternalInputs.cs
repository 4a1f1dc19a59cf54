using NewsWatch.Core.Text;

namespace NewsWatch.Configuration;

/// <summary>The secrets and includes that a load read beside the configuration's files, by hash, so that the watcher notices a rotated secret.</summary>
internal sealed class ExternalInputs
{
    private readonly List<(Func<string?> Read, string? Hash)> _reads = [];

    /// <summary>True if one of them has changed.</summary>
    public bool Changed => _reads.Exists(earlier => HashOf(earlier.Read()) != earlier.Hash);

    /// <summary>Reads and remembers the result.</summary>
    public string? Note(Func<string?> read)
    {
        var value = read();
        _reads.Add((read, HashOf(value)));
        return value;
    }

    private static string? HashOf(string? value) => value is null ? null : TextHash.Of(value);
}
