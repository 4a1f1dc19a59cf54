using System.Globalization;

namespace NewsWatch.Storage.Upkeep;

/// <summary>By how much the system's clock is wrong, as the running service last found, for all who tell the operator.</summary>
internal static class WrongClock
{
    private const string Fact = "clock-offset";

    /// <summary>By how much the clock is behind, negative when it is ahead; null when it is right.</summary>
    public static TimeSpan? Get(Session db) =>
        InstallationSettings.Get(db, Fact) is { } value ? TimeSpan.FromMilliseconds(long.Parse(value, CultureInfo.InvariantCulture)) : null;

    /// <summary>Keeps what was found.</summary>
    public static void Set(Session db, TimeSpan? offset)
    {
        if (offset is { } found)
        {
            InstallationSettings.Set(db, Fact, ((long)found.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            InstallationSettings.Remove(db, Fact);
        }
    }

    /// <summary>One sentence without a full stop; null when the clock is right.</summary>
    public static string? Words(Session db) => Get(db) is { } offset ? Words(offset) : null;

    /// <summary>One sentence without a full stop.</summary>
    public static string Words(TimeSpan offset)
    {
        var (span, direction) = (offset.Duration(), offset < TimeSpan.Zero ? "ahead of" : "behind");
        var words = span.TotalHours >= 48 ? $"{span.TotalDays:0.#} days" : span.TotalMinutes >= 120 ? $"{span.TotalHours:0.#} h" : $"{span.TotalMinutes:0} min";
        return string.Create(CultureInfo.InvariantCulture, $"the system's clock is {words} {direction} what the polled servers say; set it");
    }
}
