namespace NewsWatch.Core.Changes;

/// <summary>What became of an article's words, the least first: of several changes the gravest names the version.</summary>
public enum ChangeClass
{
    /// <summary>Page furniture, time stamps and counts; nothing of the article.</summary>
    None,

    /// <summary>The page shows a wall, an error or another text: it is no version of the article.</summary>
    Paywall,

    /// <summary>Spelling, spaces, other words for the same.</summary>
    Style,

    /// <summary>The headline says the same in other words.</summary>
    Headline,

    /// <summary>Somebody is quoted with other words, or a quote was added.</summary>
    Quote,

    /// <summary>A live page has another entry.</summary>
    Live,

    /// <summary>A sentence was added.</summary>
    FactAdded,

    /// <summary>A sentence was taken away.</summary>
    FactRemoved,

    /// <summary>A name changed.</summary>
    Name,

    /// <summary>A day, month or date changed.</summary>
    Date,

    /// <summary>A number changed.</summary>
    Number,

    /// <summary>What was denied is affirmed, or the reverse, also by another word: acquitted, convicted.</summary>
    Negation,

    /// <summary>A note says that the article was corrected.</summary>
    Correction,

    /// <summary>A notice has replaced the article.</summary>
    Withdrawn,

    /// <summary>The page is gone for good.</summary>
    Gone,
}
