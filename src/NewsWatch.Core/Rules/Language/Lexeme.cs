namespace NewsWatch.Core.Rules.Language;

internal enum LexemeKind
{
    Word,
    Phrase,
    Any,
    Entity,
    List,
    Regex,
    Filter,
    Deadline,
    Said,
    Story,
    Changed,
    Field,
    AtLeast,
    Open,
    Close,
    And,
    Or,
    Not,
    Near,
    OrderedNear,
    Except,
    End,
}

/// <summary>A piece of a query's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its length.</param>
/// <param name="Text">The word, the content of quotes or braces, the id, the field or filter name.</param>
/// <param name="Value">A filter's value.</param>
/// <param name="Number">The number of NEAR, atleast and conditions on the story.</param>
internal readonly record struct Lexeme(LexemeKind Kind, int Offset, int Length, string Text, string Value = "", int Number = 0)
{
    /// <summary>Whether it can begin an operand.</summary>
    public bool IsOperand => Kind is <= LexemeKind.Open or LexemeKind.Not;
}
