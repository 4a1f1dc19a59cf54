using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace NewsWatch.Configuration.Templates;

/// <summary>Filters of templates beside Liquid's own; Liquid calls them by their names in small letters: <c>url_encode</c>.</summary>
internal static class LiquidFilters
{
    /// <summary>JSON with letters of every language as themselves.</summary>
    public static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>At most so many characters of whole graphemes, cut at a word's end where one is near.</summary>
    public static string Cut(string? text, int most) => Shortening.Of(text ?? "", Math.Max(1, most));

    /// <summary>A string of JSON with its quotation marks.</summary>
    public static string Json(object? value) => JsonSerializer.Serialize(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", Written);

    /// <summary>Text in which no Markdown is obeyed.</summary>
    public static string Markdown(string? text) => MarkdownText.Escape(text ?? "");

    /// <summary>Text that mentions nobody: its @ is one that chats do not obey.</summary>
    public static string NoMentions(string? text) => (text ?? "").Replace('@', '＠');

    /// <summary>Text as it may stand in an address (RFC 3986, section 2.3).</summary>
    public static string UrlEncode(string? text) => Uri.EscapeDataString(text ?? "");

    /// <summary>A time of the message in UTC, as .NET's format strings say; anything else is refused: a second attempt sends what the first did, so no template knows the time of day.</summary>
    public static string Date(string? time, string format) =>
        DateTimeOffset.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToString(format, CultureInfo.InvariantCulture)
            : throw new FormatException($"\"{time}\" is not a time of the message");
}
