namespace NewsWatch.Core.Stories.Clusters;

/// <summary>Chances and their log-odds.</summary>
internal static class Logit
{
    // No witness is surer than one in a hundred.
    private const float Floor = .01f;

    /// <summary>The chance of log-odds.</summary>
    public static float Chance(float odds) => 1 / (1 + MathF.Exp(-odds));

    /// <summary>The log-odds of a chance, -4.6 to 4.6.</summary>
    public static float Of(float chance) => MathF.Log((chance + Floor) / (1 + Floor - chance));
}
