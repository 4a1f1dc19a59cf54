namespace NewsWatch.Core.Stories.Clusters;

/// <summary>What speaks for two texts, or a text and a story's texts, to belong together: what they are about.</summary>
internal static class TextEvidence
{
    // The cosine from which a text belongs to a story, and how steeply the chance rises about it.
    private const float SameStory = .3f;
    private const float Steepness = 16;

    // A story's next text comes within hours; what comes days later must be so much liker.
    private const float FreshHours = 6;
    private const float HalfLifeHours = 48;

    /// <summary>The log-odds that texts of this cosine, told some time apart, belong to one story.</summary>
    public static float Odds(float cosine, TimeSpan apart) =>
        Steepness * ((cosine * MathF.Pow(.5f, MathF.Max(0, (float)apart.TotalHours - FreshHours) / HalfLifeHours)) - SameStory);
}
