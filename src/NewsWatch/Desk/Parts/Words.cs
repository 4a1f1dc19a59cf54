using System.Globalization;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Desk.Parts;

/// <summary>The words of closed lists.</summary>
public static class Words
{
    private static readonly string[] States = ["sent", "pending", "leased", "held", "dead", "cancelled"];

    /// <summary>Why an alert exists.</summary>
    public static string Of(AlertReason reason) => reason switch
    {
        AlertReason.FirstReport => "first report",
        AlertReason.Update => "update",
        AlertReason.Correction => "correction",
        AlertReason.Withdrawal => "withdrawn",
        AlertReason.DeadlineSet => "deadline set",
        AlertReason.DeadlineMoved => "deadline moved",
        AlertReason.DeadlineNear => "deadline near",
        AlertReason.Corroboration => "confirmed",
        _ => "severity raised",
    };

    /// <summary>"3 sent, 1 dead", or that nobody gets it.</summary>
    public static string Deliveries(IReadOnlyDictionary<string, int> states) => states.Count == 0
        ? "to nobody"
        : string.Join(", ", States.Where(states.ContainsKey).Select(state => string.Create(CultureInfo.InvariantCulture, $"{states[state]} {(state == "leased" ? "being sent" : state)}")));
}
