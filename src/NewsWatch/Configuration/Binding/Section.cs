using System.Globalization;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>
/// Reads the keys of one object. Every wrong value becomes a problem with its place, and a default replaces it, so that
/// reading goes on; <see cref="Close"/> reports unknown keys.
/// </summary>
internal sealed class Section(ObjectNode node, string path, Problems problems)
{
    private readonly HashSet<string> _known = [];

    /// <summary>The start of the object.</summary>
    public Place Place => node.Place;

    /// <summary>Its path, e.g. <c>Rules.ceasefire</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The collected problems.</summary>
    public Problems Problems { get; } = problems;

    /// <summary>The path of a key.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>The place of a key's value, or of the object if the key is missing.</summary>
    public Place PlaceOf(string key) => node[key]?.Place ?? Place;

    /// <summary>The place of a key itself, or of the object if the key is missing.</summary>
    public Place KeyPlaceOf(string key) => node.Members.FirstOrDefault(member => member.Key == key)?.KeyPlace ?? Place;

    /// <summary>True if the key is present.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The keys that it holds.</summary>
    public IReadOnlyList<string> Names => [.. node.Members.Select(member => member.Key)];

    /// <summary>A value of any kind, or null if it is missing.</summary>
    public Node? Any(string key) => Find(key);

    /// <summary>A string, or null if it is missing.</summary>
    public TextNode? Text(string key) => Find(key) switch
    {
        null => null,
        TextNode text => text,
        var other => Wrong<TextNode>(other, key, "a string in quotes"),
    };

    /// <summary>A text without line ends and other control characters: it may get into a mail's headers.</summary>
    public TextNode? Line(string key)
    {
        var text = Text(key);
        if (text is not null && text.Text.Any(char.IsControl))
        {
            Problems.Error(text.Place, PathOf(key), "must not hold line ends or other control characters.");
            return null;
        }

        return text;
    }

    /// <summary>A required string that is not blank.</summary>
    public TextNode? RequiredText(string key)
    {
        var text = Text(key);
        if (text is null && !Has(key))
        {
            Problems.Error(Place, PathOf(key), $"is missing. Write \"{key}\": \"...\".");
        }
        else if (text is { Text: var value } && string.IsNullOrWhiteSpace(value))
        {
            Problems.Error(text.Place, PathOf(key), "is empty.");
            return null;
        }

        return text;
    }

    /// <summary>true or false.</summary>
    public bool Bool(string key, bool defaultValue = false) => Find(key) switch
    {
        null => defaultValue,
        LiteralNode { Text: "true" } => true,
        LiteralNode { Text: "false" } => false,
        var other => Wrong(other, key, "true or false", defaultValue),
    };

    /// <summary>A whole number in a range.</summary>
    public int Int(string key, int least, int most, int defaultValue)
    {
        if (Find(key) is not { } found)
        {
            return defaultValue;
        }

        if (found is TextNode text && IsWhole(text.Text, least, most, out _))
        {
            Problems.Error(found.Place, PathOf(key), $"expected a number, found a string. Write {text.Text} without quotes.");
            return defaultValue;
        }

        return found is LiteralNode { Text: var written } && IsWhole(written, least, most, out var number) ? number : Wrong(found, key, least == most ? $"{least}" : $"a whole number from {least} to {most}", defaultValue);
    }

    /// <summary>A value parsed from a string; <paramref name="read"/> returns the value or an error.</summary>
    public T Value<T>(string key, Func<string, ParseResult<T>> read, T defaultValue)
    {
        if (Find(key) is LiteralNode { Text: not "null" } literal)
        {
            Problems.Error(literal.Place, PathOf(key), $"expected a string in quotes. {read(literal.Text).Error ?? $"Write \"{literal.Text}\"."}");
            return defaultValue;
        }

        if (Text(key) is not { } text)
        {
            return defaultValue;
        }

        var (value, error) = read(text.Text);
        if (error is not null)
        {
            Problems.Error(text.Place, PathOf(key), error);
            return defaultValue;
        }

        return value!;
    }

    /// <summary>The time in which an entry is muted; null for none.</summary>
    /// <param name="zone">The zone of a time that names none.</param>
    public Muting? Muted(TimeZoneInfo zone) => Value<Muting?>("Muted", Values.Muted(zone), null);

    /// <summary>An object beside the watch configuration, whose keys the host reads.</summary>
    public Section? Beside(string key) => node[key] switch
    {
        null => null,
        ObjectNode inner => new Section(inner, key, Problems),
        var other => Wrong<Section>(other, key, "an object { }"),
    };

    /// <summary>A number as written; null for anything else.</summary>
    public string? Number(string key) => Find(key) is LiteralNode { IsNumber: true } number ? number.Text : null;

    /// <summary>Reports unknown and duplicate keys.</summary>
    public void Close()
    {
        var seen = new HashSet<string>();
        foreach (var member in node.Members)
        {
            if (!_known.Contains(member.Key) && member.Key != "$schema")
            {
                Problems.Error(member.KeyPlace, PathOf(member.Key), Unknown(member.Key));
            }
            else if (!seen.Add(member.Key))
            {
                Problems.Error(member.KeyPlace, PathOf(member.Key), "is set twice. Keep one.");
            }
        }
    }

    private static bool IsWhole(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private string Unknown(string key) =>
        Path.Length == 0 && HostReader.Sections.Contains(key) ? "belongs beside \"NewsWatch\", not in it. Move it out."
        : Spelling.DidYouMean(key, _known) is { Length: > 0 } near ? $"unknown key.{near}"
        : $"unknown key. Known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.";

    private Node? Find(string key)
    {
        _known.Add(key);
        Problems.Ask(Path, key);
        return node[key];
    }

    /// <summary>Reports a value of the wrong kind.</summary>
    public T? Wrong<T>(Node found, string key, string wanted)
        where T : class => Wrong<T?>(found, key, wanted, null);

    private T Wrong<T>(Node found, string key, string wanted, T defaultValue)
    {
        Problems.Error(found.Place, PathOf(key), found is LiteralNode { Text: "null" } ? $"null has no meaning. Leave {key} out, or write {wanted}." : $"expected {wanted}, found {found.Shown}.");
        return defaultValue;
    }
}
