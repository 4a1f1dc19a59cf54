namespace NewsWatch.Core.Alerts.Noise;

/// <summary>The interval of a difference of two shares, by Newcombe's hybrid of Wilson's intervals (Statistics in Medicine 17, 1998, method 10): it holds for few cases, too.</summary>
public static class ShareDifference
{
    /// <summary>The normal quantile of a 90 % interval of two sides.</summary>
    public const double NinetyPercent = 1.6449;

    /// <summary>The lower end of the interval of <c>a/n - b/m</c>.</summary>
    /// <param name="n">At least 1.</param>
    /// <param name="m">At least 1.</param>
    /// <param name="z">The normal quantile of the interval.</param>
    public static double Lower(int a, int n, int b, int m, double z)
    {
        var (one, other) = ((double)a / n, (double)b / m);
        var (below, above) = (one - Wilson(one, n, -z), Wilson(other, m, z) - other);
        return one - other - Math.Sqrt((below * below) + (above * above));
    }

    private static double Wilson(double share, int n, double z) =>
        (share + (z * z / (2 * n)) + (z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4.0 * n * n))))) / (1 + (z * z / n));
}
