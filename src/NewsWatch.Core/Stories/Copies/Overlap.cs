namespace NewsWatch.Core.Stories.Copies;

/// <summary>What two texts have in common.</summary>
/// <param name="Contained">How much of the shorter text is in the longer, 0 to 1.</param>
/// <param name="Words">About how many words they share.</param>
/// <param name="OtherValues">Which share of the shorter's names and numbers the longer lacks, 0 to 1: texts of one template differ in these.</param>
internal readonly record struct Overlap(float Contained, float Words, float OtherValues, bool IsQuoted)
{
    // Nearly all of a text in another is a copy whatever was corrected in it; much of it is one where the names and numbers are the same:
    // machine-written texts of one template share four words in five, and a follow-up shares its background.
    private const float NearlyAll = .87f;
    private const float Much = .7f;
    private const float FewOtherValues = .25f;
    private const float MinWords = 22;

    /// <summary>Whether one is a copy of the other.</summary>
    public bool IsCopy => !IsQuoted && Words >= MinWords && (Contained >= NearlyAll || (Contained >= Much && OtherValues <= FewOtherValues));
}
