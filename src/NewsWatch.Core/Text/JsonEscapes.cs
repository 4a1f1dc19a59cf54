using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Text;

/// <summary>JSON of strangers: .NET's reader takes half a surrogate pair (<c>\ud800</c>), and throws when a name or a text that holds one is asked for.</summary>
public static class JsonEscapes
{
    private const int Length = 6;

    /// <summary>The document with <c>\ufffd</c> in place of each half of a pair (RFC 8259, section 8.2); the document itself when there is none.</summary>
    public static string Repair(string json)
    {
        StringBuilder? repaired = null;
        var copied = 0;
        for (var at = json.IndexOf('\\', StringComparison.Ordinal); at >= 0;)
        {
            var step = Escape(json, at);
            if (step < 0)
            {
                (repaired ??= new StringBuilder(json.Length)).Append(json, copied, at - copied).Append(@"\ufffd");
                step = Length;
                copied = at + step;
            }

            at += step;
            at = at < json.Length ? json.IndexOf('\\', at) : -1;
        }

        return repaired?.Append(json, copied, json.Length - copied).ToString() ?? json;
    }

    /// <summary>How long the escape is, a pair taken as one; negative for half a pair.</summary>
    private static int Escape(string json, int at) => Unit(json, at) switch
    {
        null => 2,
        { } high when char.IsHighSurrogate(high) => Unit(json, at + Length) is { } low && char.IsLowSurrogate(low) ? 2 * Length : -1,
        { } low when char.IsLowSurrogate(low) => -1,
        _ => Length,
    };

    private static char? Unit(string json, int at) =>
        at + Length <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
