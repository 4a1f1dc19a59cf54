namespace NewsWatch.Core.Text;

/// <summary>A part of an article that a rule can look at and that hits point into.</summary>
public enum Field
{
    /// <summary>The headline.</summary>
    Title,

    /// <summary>The text; paragraphs are separated by a blank line.</summary>
    Body,

    /// <summary>The section of the publication, e.g. "World".</summary>
    Section,

    /// <summary>The bylines, joined by ", ".</summary>
    Author,
}

/// <summary>
/// What rules see of an article. Offsets of hits are UTF-16 code units into exactly these strings.
/// </summary>
public sealed record Document
{
    /// <summary>The headline; empty when there is none.</summary>
    public required string Title { get; init; }

    /// <summary>The text; paragraphs are separated by line breaks.</summary>
    public required string Body { get; init; }

    /// <summary>The section of the publication.</summary>
    public string Section { get; init; } = "";

    /// <summary>The bylines, joined by ", ".</summary>
    public string Author { get; init; } = "";

    /// <summary>The ids of the sources that brought the article, for <c>source:</c>.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The host of the article's URL, for <c>source:</c>.</summary>
    public string Host { get; init; } = "";

    /// <summary>The publisher's id, for <c>publisher:</c>.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>BCP 47 language tag, e.g. "en" or "pt-BR", for <c>lang:</c>; empty when unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>When it was published, in the publisher's offset, for <c>by:</c>; where that is not known, when it was first seen; null when neither is known.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The zone of its source, for <c>by:</c>: its days begin there unless its dateline says otherwise; null where it is not known.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The text of one field.</summary>
    public string this[Field field] => field switch
    {
        Field.Title => Title,
        Field.Body => Body,
        Field.Section => Section,
        _ => Author,
    };
}
