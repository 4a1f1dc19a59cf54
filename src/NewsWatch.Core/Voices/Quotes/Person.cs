namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Gender, as far as a text shows it.</summary>
internal enum Gender : byte
{
    Unknown,
    Male,
    Female,

    /// <summary>Several people, or none.</summary>
    Neither,
}

/// <summary>A mention of somebody by name.</summary>
/// <param name="At">Its first token.</param>
/// <param name="End">Behind its last token.</param>
/// <param name="Name">The name without titles.</param>
/// <param name="Gender">By title or given name.</param>
/// <param name="Role">The words of the office that is beside the name, folded; empty when there is none.</param>
/// <param name="IsSubject">Whether it is the first in its sentence and nothing makes it an object.</param>
internal sealed record Person(int At, int End, string Name, Gender Gender, string Role, bool IsSubject)
{
    /// <summary>The last word of the name.</summary>
    public string Surname { get; } = Name[(Name.LastIndexOf(' ') + 1)..];

    /// <summary>Whether the name has more than one word.</summary>
    public bool IsFull => Surname.Length < Name.Length;
}
