namespace NewsWatch.Core.Rules.Engine;

/// <summary>
/// The operations of compiled rules. An instruction is a word <c>argument &lt;&lt; 4 | operation</c>; Term and Regex have the clause's number behind it, operators the
/// length of the whole instruction with its operands, then the operands.
/// </summary>
internal enum Opcode
{
    /// <summary>A clause occurs; argument: its key.</summary>
    Term,

    /// <summary>A regular expression occurs; argument: its key.</summary>
    Regex,

    /// <summary>A filter lets the article pass; argument: its number.</summary>
    Filter,

    /// <summary>All operands.</summary>
    And,

    /// <summary>Any operand.</summary>
    Or,

    /// <summary>Not the operand.</summary>
    Not,

    /// <summary>The rule's Unless: like NOT, but separate for explanations.</summary>
    Unless,

    /// <summary>Two operands; argument: words between, times two, plus one when ordered.</summary>
    Near,

    /// <summary>Two operands: places of the first that are no part of a place of the second.</summary>
    Except,

    /// <summary>Argument: how many occurrences.</summary>
    AtLeast,

    /// <summary>Argument: the field to look in.</summary>
    Field,

    /// <summary>Three operands, the last when the argument is 1: quotes of the speaker, what names him, and what is inside the quote.</summary>
    Said,
}
