namespace NewsWatch.Core.Alerts.Noise;

/// <summary>How often a rule alerted more than its budget allows.</summary>
/// <param name="Windows">How many of the budget's windows fit into the time.</param>
/// <param name="Over">In how many of them it alerted more often.</param>
/// <param name="Fullest">The most alerts in one of them.</param>
/// <param name="Last">The alerts of the last one.</param>
public sealed record BudgetUse(Cap Budget, int Windows, int Over, int Fullest, int Last)
{
    /// <summary>True where the last window is over the budget.</summary>
    public bool IsOver => Last > Budget.Count;

    /// <summary>Divides the time before <paramref name="until"/> into windows and counts the alerts of each.</summary>
    /// <param name="alerts">When it alerted.</param>
    public static BudgetUse Count(Cap budget, IReadOnlyCollection<DateTimeOffset> alerts, DateTimeOffset since, DateTimeOffset until)
    {
        var windows = Math.Max(1, (int)((until - since) / budget.Window));
        var counts = new int[windows];
        foreach (var ago in alerts.Where(at => at < until).Select(at => (long)((until - at - TimeSpan.FromTicks(1)) / budget.Window)).Where(ago => ago < windows))
        {
            counts[ago]++;
        }

        return new(budget, windows, counts.Count(count => count > budget.Count), counts.Max(), counts[0]);
    }
}
