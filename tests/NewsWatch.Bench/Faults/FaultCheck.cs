using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NewsWatch.Bench.Faults;

/// <summary>Compares what was read with what a manifest says is right.</summary>
internal static partial class FaultCheck
{
    /// <summary>What is wrong, one line a field; empty when all is right, null when the manifest says it in words that only a person can check.</summary>
    public static IReadOnlyList<string>? Failings(FaultInput input, FaultReading read)
    {
        if (input.Check.Count == 0)
        {
            return input.ReadAs is "page" ? Paragraphs(input, read) : read.Items == 0 ? Addresses(input, read) : null;
        }

        return [.. input.Check.Where(field => !Holds(field.Key, field.Value!, input, read)).Select(field => $"{field.Key}: wanted {Shown(field.Value!)}, came {read.Show(field.Key)}")];
    }

    private static bool Holds(string field, JsonNode wanted, FaultInput input, FaultReading read) => field switch
    {
        "title" => Says(wanted.GetValue<string>(), read.Title),
        "link" => Says(wanted.GetValue<string>(), read.Link ?? ""),
        "published" => Instant(wanted.GetValue<string>(), read.Published) || (read is { Published: null, Items: > 0 } && input.Check["published_may_be_none"]?.GetValue<bool>() == true),
        "published_may_be_none" => true,
        "authors" => Texts(wanted).ToHashSet().SetEquals(read.Authors),
        "language" => read.Language.Split('-', '_')[0].Equals(wanted.GetValue<string>().Split('-')[0], StringComparison.OrdinalIgnoreCase),
        "items" => read.Items == wanted.GetValue<int>(),
        "warning" => read.Warnings.Count > 0 == wanted.GetValue<bool>(),
        "first_paragraph_contains" => Holds(wanted.GetValue<string>(), read.Text.Split("\n\n")[0]),
        "all_points" => Points().Matches(Encoding.UTF8.GetString(input.Body)).All(point => Holds(point.Value, read.Text)),
        "text_contains" or "text_contains_all" => Texts(wanted).All(text => Holds(text, read.Text)),
        "text_excludes" => read.Refusal is null && !Texts(wanted).Any(text => read.Text.Contains(text, StringComparison.Ordinal)),
        _ => throw new InvalidDataException($"{input.File}: this verb does not know the check \"{field}\""),
    };

    // Pages without a check are about paragraphs that were lost.
    private static string[] Paragraphs(FaultInput input, FaultReading read) =>
        [.. Paragraph().Matches(Encoding.UTF8.GetString(input.Body)).Select(match => match.Groups["text"].Value).Where(text => !read.Text.Contains(text, StringComparison.Ordinal)).Select(text => $"lost: {text[..60]}…")];

    // Words that name an address: all of it, or its path.
    private static string[] Addresses(FaultInput input, FaultReading read)
    {
        var wanted = Address().Match(input.Expected) is { Success: true } named ? named.Value : "https://";
        return read.Addresses.Any(address => address.StartsWith("https://", StringComparison.Ordinal) && (address.EndsWith(wanted, StringComparison.Ordinal) || wanted == "https://"))
            ? []
            : [$"addresses: wanted {input.Expected}, came {read.Show("addresses")}"];
    }

    // "ends with "X"", "http(s)://…", "X (why)" are ways in which manifests write one value.
    private static bool Says(string wanted, string came) => wanted switch
    {
        _ when EndsWith().Match(wanted) is { Success: true } end => came.EndsWith(end.Groups["end"].Value, StringComparison.Ordinal),
        _ when wanted.StartsWith("http(s)://", StringComparison.Ordinal) => came == "https" + wanted[7..] || came == "http" + wanted[7..],
        _ => came == wanted || (came.Length > 0 && wanted.StartsWith(came + " (", StringComparison.Ordinal)),
    };

    private static bool Instant(string wanted, DateTimeOffset? came) => came is { } instant
        && (wanted.Length == 10 ? instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == wanted : instant == DateTimeOffset.Parse(wanted, CultureInfo.InvariantCulture));

    private static bool Holds(string words, string text) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(words)}(?!\d)", RegexOptions.None, TimeSpan.FromSeconds(30));

    private static IEnumerable<string> Texts(JsonNode wanted) => wanted is JsonArray list ? list.Select(text => text!.GetValue<string>()) : [wanted.GetValue<string>()];

    private static string Shown(JsonNode wanted) => wanted is JsonValue value && value.TryGetValue<string>(out var text) ? text : string.Join(" + ", wanted is JsonArray ? Texts(wanted) : [wanted.ToJsonString()]);

    [GeneratedRegex(@"\bPoint\d+", RegexOptions.None, 30_000)]
    private static partial Regex Points();

    [GeneratedRegex(@"<p>(?<text>[^<&]{60,})</p>", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^ends with ""(?<end>.+)""$", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex EndsWith();

    [GeneratedRegex(@"https?://[^\s/]+/\S+|(?<!\S)/\w+", RegexOptions.None, 30_000)]
    private static partial Regex Address();
}
