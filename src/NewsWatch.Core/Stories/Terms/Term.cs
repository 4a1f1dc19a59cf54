using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>A word of a headline or text as stories compare it, or a term of the watch that it carries.</summary>
/// <param name="Word">The stem, or the shared name of its spellings; a term of the watch as the rules write it.</param>
/// <param name="IsCapital">Whether it is written with a capital.</param>
internal readonly record struct Term(string Word, bool IsCapital)
{
    /// <summary>Whether another event shares it: a word that a rule asks for, or one of the short text below the headline, which tells the background.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it is told as still to come: it stands behind "to", "will" and their like.</summary>
    public bool IsAhead { get; init; }

    /// <summary>Its hash: terms are compared by it alone.</summary>
    public ulong Hash => WordHash.Of(Word);

    /// <summary>Whether it is a number, or begins with one.</summary>
    public bool IsNumber => char.IsAsciiDigit(Word[0]);

    /// <summary>Whether it is an entity (@) or list (#) of the watch.</summary>
    public bool IsWatched => Word[0] is '@' or '#';

    /// <summary>Whether it names somebody or something.</summary>
    public bool IsName => IsWatched ? Word[0] == '@' : !IsNumber && NewsTable.IsName(Hash, IsCapital);
}
