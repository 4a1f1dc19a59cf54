using NewsWatch.Core.Text;

namespace NewsWatch.Configuration;

/// <summary>What a load read besides the configuration's files, secrets and includes, remembered by hash: so that a rotated secret is noticed.</summary>
internal sealed class ExternalInputs
{
    private readonly List<(Func<string?> Read, string? Hash)> _reads = [];

    /// <summary>True when something reads differently now.</summary>
    public bool Changed => _reads.Exists(earlier => HashOf(earlier.Read()) != earlier.Hash);

    /// <summary>Reads, and remembers what was read.</summary>
    public string? Note(Func<string?> read)
    {
        var value = read();
        _reads.Add((read, HashOf(value)));
        return value;
    }

    private static string? HashOf(string? value) => value is null ? null : TextHash.Of(value);
}
