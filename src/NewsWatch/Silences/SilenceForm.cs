using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Silences;

/// <summary>What somebody wants to keep quiet, as it was written.</summary>
/// <param name="Scope">rule, story, subscriber or source.</param>
/// <param name="Target">An id of the configuration; of a story its key or its number.</param>
/// <param name="For">1m to 30d, or morning: until the next 09:00 in the configuration's time zone.</param>
/// <param name="Reason">3 to 200 characters.</param>
/// <param name="WithFlash">True to keep back flash alerts as well.</param>
/// <param name="IsHeld">True to send what was kept back at the end.</param>
public sealed record SilenceForm(string Scope, string Target, string For, string Reason, bool WithFlash, bool IsHeld)
{
    /// <summary>The scopes.</summary>
    public static readonly IReadOnlyList<string> Scopes = [.. Enum.GetValues<SilenceScope>().Select(StoredName.Of)];

    /// <summary>The end at the next 09:00.</summary>
    public const string Morning = "morning";

    private const string OrFlash = "flash";
    private const string OrPublishers = "publishers:";
    private const int MaxPublishers = 1_000;
    private const int MinReason = 3;
    private const int MaxReason = 200;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>What ends it sooner, divided by commas: flash, publishers:5; empty for nothing.</summary>
    public string OrUntil { get; init; } = "";

    /// <summary>The silence that it asks for, or what is wrong, field by field.</summary>
    /// <param name="by">Who asks.</param>
    internal (Silence? Silence, IReadOnlyDictionary<string, string> Problems) Read(WatchConfiguration configuration, Session db, string by, DateTimeOffset now)
    {
        var problems = new Dictionary<string, string>();
        var (until, wrong) = End(For, configuration, now);
        Add("for", wrong);
        var reason = Reason.Trim();
        Add("reason", ProblemOf(Reason));
        var (orFlash, orPublishers, odd) = Sooner();
        Add("or", odd);
        var target = Target.Trim();
        if (!Scopes.Contains(Scope))
        {
            Add("scope", $"\"{Scope}\" is no scope. Write one of: {string.Join(", ", Scopes)}.");
        }
        else if (StoredName.To<SilenceScope>(Scope) is SilenceScope.Story)
        {
            target = StoryStore.FindKey(db, target) ?? "";
            Add("target", target.Length > 0 ? null : $"There is no story {Target}. Its number is in the address of its page.");
        }
        else if (!Known(configuration).Contains(target))
        {
            Add("target", $"There is {Spelling.Unknown(Scope, target, [.. Known(configuration)])}");
        }

        return problems.Count > 0 ? (null, problems) : (new(0, StoredName.To<SilenceScope>(Scope), target, now, until!.Value, reason, by) { WithFlash = WithFlash, IsHeld = IsHeld, OrFlash = orFlash, OrPublishers = orPublishers }, problems);

        void Add(string field, string? problem)
        {
            if (problem is not null)
            {
                problems[field] = problem;
            }
        }
    }

    /// <summary>What ends it sooner, or what is wrong with it.</summary>
    private (bool Flash, int Publishers, string? Problem) Sooner()
    {
        var (flash, publishers) = (false, 0);
        foreach (var part in OrUntil.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == OrFlash)
            {
                flash = true;
            }
            else if (!part.StartsWith(OrPublishers, StringComparison.Ordinal) || !int.TryParse(part.AsSpan(OrPublishers.Length), NumberStyles.None, CultureInfo.InvariantCulture, out publishers) || publishers is < 2 or > MaxPublishers)
            {
                return (false, 0, $"\"{part}\" ends no silence. Write flash, or publishers:5 (2 to {MaxPublishers}).");
            }
        }

        return (flash || publishers > 0) && Scope is not ("rule" or "story") ? (false, 0, "A silence of a rule or story alone ends sooner.") : (flash, publishers, null);
    }

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    internal static string? ProblemOf(string reason) =>
        reason.Trim().Length is >= MinReason and <= MaxReason ? null : $"Write a reason of {MinReason} to {MaxReason} characters: every decision that comes of it shows it.";

    /// <summary>The end of a silence that begins now; null and the error for a text that is no time.</summary>
    internal static (DateTimeOffset? Until, string? Problem) End(string text, WatchConfiguration configuration, DateTimeOffset now) =>
        text.Trim() is var written && written == Morning ? (LocalTime.Next([new(9, 0)], configuration.Defaults.TimeZone, now), null)
        : written.Length == 0 ? (null, $"Say for how long: 4h, 7d or {Morning}.")
        : Values.Duration(Shortest, Longest)(written) is { Error: null, Value: var span } ? (now + span, null)
        : (null, Values.Duration(Shortest, Longest)(written).Error);

    /// <summary>The ids that a silence of this scope may name; none for a story.</summary>
    internal IEnumerable<string> Known(WatchConfiguration configuration) => Known(Scope, configuration);

    /// <summary>False for a silence of something that left the configuration.</summary>
    internal static bool IsKnown(Silence silence, WatchConfiguration configuration) =>
        silence.Scope == SilenceScope.Story || Known(StoredName.Of(silence.Scope), configuration).Contains(silence.Target);

    private static IEnumerable<string> Known(string scope, WatchConfiguration configuration) => scope switch
    {
        "rule" => configuration.Rules.Keys,
        "subscriber" => configuration.Subscribers.Keys,
        "source" => configuration.Sources.Keys,
        _ => [],
    };
}
