namespace NewsWatch.Configuration.Json;

/// <summary>An error or a warning about a configuration.</summary>
/// <param name="Place">Where.</param>
/// <param name="Path">The setting, e.g. <c>Rules.ceasefire.When</c>.</param>
/// <param name="Message">The error and its fix.</param>
/// <param name="IsWarning">True if the configuration is accepted nevertheless.</param>
/// <param name="Excerpt">Two lines with a caret under the place, for queries and conditions; or null.</param>
public sealed record Problem(Place Place, string Path, string Message, bool IsWarning, string? Excerpt = null);

/// <summary>Collects problems, so that a report lists all of them.</summary>
internal sealed class Problems
{
    private const int ExcerptRadius = 30;
    private readonly List<Problem> _all = [];
    private readonly HashSet<(string Path, string Key)> _asked = [];

    /// <summary>Every key that a reader knows, with the path of its object; the JSON Schema must list them.</summary>
    public IReadOnlySet<(string Path, string Key)> Asked => _asked;

    /// <summary>The errors first, each kind in the order of the files.</summary>
    public IReadOnlyList<Problem> All => [.. _all.OrderBy(problem => problem.IsWarning).ThenBy(problem => problem.Place.File, StringComparer.Ordinal).ThenBy(problem => problem.Place.Line).ThenBy(problem => problem.Place.Column)];

    /// <summary>True if at least one is an error.</summary>
    public bool AnyError => _all.Exists(problem => !problem.IsWarning);

    /// <summary>Records that a reader knows a key.</summary>
    public void Ask(string path, string key) => _asked.Add((path, key));

    /// <summary>Adds an error.</summary>
    public void Error(Place place, string path, string message)
    {
        var problem = new Problem(place, path, message, IsWarning: false);
        if (!_all.Contains(problem))
        {
            _all.Add(problem);
        }
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(Place place, string path, string message) => _all.Add(new(place, path, message, IsWarning: true));

    /// <summary>Adds an error inside a string, with a caret under it.</summary>
    public void ErrorInside(TextNode node, int offset, string path, string message, bool withCaret = true) =>
        _all.Add(new(node.At(offset), path, message, IsWarning: false, withCaret ? Caret(node.Text, offset) : null));

    /// <summary>Adds a warning inside a string, with a caret under it.</summary>
    public void WarnInside(TextNode node, int offset, string path, string message) =>
        _all.Add(new(node.At(offset), path, message, IsWarning: true, Caret(node.Text, offset)));

    /// <summary>Adds an error with its line and a caret under it.</summary>
    public void ErrorAt(Place place, string path, string message, string line, int offset) =>
        _all.Add(new(place, path, message, IsWarning: false, Caret(line, offset)));

    /// <summary>Another place in a message: <c>line 12</c> in the same file.</summary>
    public static string Near(Place other, Place from) => other.File == from.File ? $"line {other.Line}" : $"{other.File}:{other.Line}";

    private static string Caret(string text, int offset)
    {
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        offset = Math.Clamp(offset, 0, text.Length);
        var (from, to) = (Math.Max(0, offset - ExcerptRadius), Math.Min(text.Length, offset + ExcerptRadius));
        var before = from > 0 ? "... " : "";
        return $"{before}{text[from..to]}{(to < text.Length ? " ..." : "")}\n{new string(' ', before.Length + offset - from)}^";
    }
}
