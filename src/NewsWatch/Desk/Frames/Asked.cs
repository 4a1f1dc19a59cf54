using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Desk.Frames;

/// <summary>What an address asks for after its question mark. What cannot be understood is remembered, and answered with what is allowed.</summary>
public sealed class Asked(IQueryCollection query)
{
    private const int MaxLength = 4_000;
    private readonly HashSet<string> _known = [];

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>A name that no page asked for; null when there is none. For use after all others were asked.</summary>
    public string? Unknown => query.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } name
        ? $"{name} is no filter of this page. Allowed: {(_known.Count == 0 ? "none" : string.Join(", ", _known))}."
        : null;

    /// <summary>The text of a filter; null when it is empty or absent.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        var text = query[name].ToString().Trim();
        if (text.Length > MaxLength)
        {
            Problem ??= $"{name} is longer than {MaxLength} characters. Ask for less.";
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>All texts of a name that may stand several times.</summary>
    /// <param name="most">The most texts.</param>
    /// <param name="length">The most characters of each.</param>
    public IReadOnlyList<string> Texts(string name, int most, int length)
    {
        _known.Add(name);
        var texts = query[name].OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0).ToList();
        if (texts.Count > most || texts.Exists(text => text.Length > length))
        {
            Problem ??= $"{name} may stand {most} times, with {length} characters each.";
            return [];
        }

        return texts;
    }

    /// <summary>The number of a filter; null when it is absent.</summary>
    public long? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Problem ??= $"{name}={text} is not a whole number.";
        return null;
    }

    /// <summary>One of some words; null when it is absent.</summary>
    public string? OneOf(string name, IEnumerable<string> words)
    {
        if (Text(name) is not { } text || words.Contains(text))
        {
            return Text(name);
        }

        Problem ??= $"{name}={text} is not known. Write one of: {string.Join(", ", words)}.";
        return null;
    }
}
