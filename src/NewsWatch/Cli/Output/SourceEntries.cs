using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsWatch.Cli.Output;

/// <summary>Entries of Sources, ready to paste: one line each, each under an id of its own.</summary>
internal sealed class SourceEntries
{
    private const int MaxIdLength = 40;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _ids = [];

    /// <summary>Adds a source under a comment.</summary>
    /// <param name="name">Becomes the id; a name without a Latin letter leaves that to the address.</param>
    public void Add(string name, string comment, string url)
    {
        var wanted = IdOf(name) is { Length: > 0 } id ? id : OfAddress(url);
        var unique = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}-{number}")).First(_ids.Add);
        _text.Append(CultureInfo.InvariantCulture, $"// {comment.ReplaceLineEndings(" ")}\n\"{unique}\": {{ \"Url\": {JsonSerializer.Serialize(url, Readable)} }},\n");
    }

    /// <summary>The id for a host: www.example.com gives example, an IP address all of it.</summary>
    public static string OfAddress(string url)
    {
        var host = new Uri(url);
        var labels = (host.HostNameType == UriHostNameType.Dns ? host.IdnHost.Split('.') : [host.Host]).Where(label => label is not ("www" or "feeds" or "rss")).ToList();
        return IdOf(labels.Count > 0 ? labels[0] : "") is { Length: > 0 } id ? id : "source";
    }

    public override string ToString() => _text.ToString();

    /// <summary>Lower-case letters and digits with hyphens between the words: "Café News (World)" gives cafe-news-world.</summary>
    private static string IdOf(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormKD).ToLowerInvariant()
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark and not UnicodeCategory.OtherPunctuation || letter is '/' or '.')
            .Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var id = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return id.Length <= MaxIdLength ? id : id[..MaxIdLength].TrimEnd('-');
    }
}
