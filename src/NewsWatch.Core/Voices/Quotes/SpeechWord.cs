namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Kinds of the lines of <c>speech.txt</c>.</summary>
internal enum SpeechWord : byte
{
    None,

    /// <summary>Says that somebody speaks.</summary>
    Verb,

    /// <summary>Comes before the speaker.</summary>
    According,

    /// <summary>The speaker is behind it: "quoted X as saying".</summary>
    After,

    /// <summary>The speaker follows somewhere: "with these words X ended".</summary>
    With,

    /// <summary>A pronoun: 1 male, 2 female, 3 neither.</summary>
    He,

    Barrier,
    Preposition,

    /// <summary>Before a word that others use: "the so-called".</summary>
    SoCalled,

    /// <summary>Before a title: "a paper entitled".</summary>
    Titled,

    /// <summary>Begins a description of people.</summary>
    Article,

    /// <summary>An office or title; no part of a name.</summary>
    Role,

    /// <summary>A given name of women.</summary>
    Female,

    /// <summary>A given name of men.</summary>
    Male,

    FemaleRole,
    MaleRole,
}
