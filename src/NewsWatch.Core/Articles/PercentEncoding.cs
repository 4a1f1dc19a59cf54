using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Articles;

/// <summary>Percent-encoding as RFC 3986, section 6.2.2 wants it for comparing.</summary>
internal static class PercentEncoding
{
    private const string Allowed = "-._~!$&'()*+,;=:@/?";

    /// <summary>Unreserved characters decoded, hexadecimal digits in capitals, everything else that may not stand in a path or query encoded as UTF-8.</summary>
    public static string Normalise(string part)
    {
        var text = new StringBuilder(part.Length);
        var index = 0;
        while (index < part.Length)
        {
            index += Encoded(part, index) is { } value ? AppendOctet(text, value) : AppendCharacter(text, part, index);
        }

        return text.ToString();
    }

    private static byte? Encoded(string part, int index) =>
        part[index] == '%' && index + 2 < part.Length
        && byte.TryParse(part.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int AppendOctet(StringBuilder text, byte value)
    {
        if (char.IsAsciiLetterOrDigit((char)value) || (char)value is '-' or '.' or '_' or '~')
        {
            text.Append((char)value);
        }
        else
        {
            text.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return 3;
    }

    private static int AppendCharacter(StringBuilder text, string part, int index)
    {
        if (char.IsAsciiLetterOrDigit(part[index]) || Allowed.Contains(part[index], StringComparison.Ordinal))
        {
            text.Append(part[index]);
            return 1;
        }

        Rune.DecodeFromUtf16(part.AsSpan(index), out var rune, out var length);
        Span<byte> octets = stackalloc byte[4];
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
        {
            text.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return length;
    }
}
