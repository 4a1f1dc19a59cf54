using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>Something that tells nothing for a time, and why.</summary>
/// <param name="Until">The first moment at which it tells again.</param>
/// <param name="Why">The operator's reason.</param>
public sealed record Muting(DateTimeOffset Until, string Why)
{
    /// <summary>True while it holds.</summary>
    public bool IsOn(DateTimeOffset now) => now < Until;

    /// <summary>One sentence: <c>rule sanctions is muted until 2026-12-01 08:00 +01:00 because the desk moves</c>.</summary>
    /// <param name="what">What is muted.</param>
    public string Sentence(string what) => string.Create(CultureInfo.InvariantCulture, $"{what} is muted until {Until:yyyy-MM-dd HH:mm zzz} because {Why}");

    /// <summary>The sentence of a muting that holds; null for none.</summary>
    /// <param name="what">What is muted.</param>
    /// <param name="muting">Its muting; null for none.</param>
    /// <param name="now">The current time.</param>
    public static string? WhyOf(string what, Muting? muting, DateTimeOffset now) => muting?.IsOn(now) == true ? muting.Sentence(what) : null;
}

/// <summary>
/// What an operator keeps quiet for a time while the service runs. A <see cref="Muting"/> is written in the configuration; a silence is not.
/// </summary>
/// <param name="Id">Its number.</param>
/// <param name="Target">The id of the rule, subscriber or source, or the key of the story.</param>
/// <param name="From">The first moment at which it holds.</param>
/// <param name="Until">The first moment at which it holds no longer.</param>
/// <param name="Reason">The operator's reason.</param>
/// <param name="By">Who made it.</param>
public sealed record Silence(long Id, SilenceScope Scope, string Target, DateTimeOffset From, DateTimeOffset Until, string Reason, string By)
{
    /// <summary>True to keep back flash alerts as well.</summary>
    public bool WithFlash { get; init; }

    /// <summary>True to send what it keeps back in one message at its end; false not to send it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>True for one of a rule or story that ends with the first flash alert.</summary>
    public bool OrFlash { get; init; }

    /// <summary>One of a rule or story ends when so many publishers tell a story; 0 for never.</summary>
    public int OrPublishers { get; init; }

    /// <summary>One sentence for verdicts.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"silenced until {Until:yyyy-MM-dd HH:mm zzz}{Or} by {By}: {Reason} (silence {Id})");

    /// <summary>What ends it sooner, as a continuation of "until 09:00"; empty for nothing.</summary>
    public string Or => (OrFlash, OrPublishers) switch
    {
        (false, 0) => "",
        (true, 0) => " or a flash alert",
        (false, var publishers) => string.Create(CultureInfo.InvariantCulture, $" or {publishers} publishers"),
        (true, var publishers) => string.Create(CultureInfo.InvariantCulture, $" or a flash alert or {publishers} publishers"),
    };

    /// <summary>Why an alert ends it before its time, and goes; null where it does not.</summary>
    public string? EndedBy(AlertFacts alert, DateTimeOffset now) =>
        now < From || now >= Until || !(Scope is SilenceScope.Rule or SilenceScope.Story && IsAbout(alert, "")) ? null
        : OrFlash && alert.Severity == Severity.Flash ? "a flash alert"
        : OrPublishers > 0 && alert.Publishers >= OrPublishers ? string.Create(CultureInfo.InvariantCulture, $"{alert.Publishers} publishers")
        : null;

    /// <summary>True if an alert of this source is not decided at all, so that another source can still bring the news.</summary>
    public bool CoversSource(string source, Severity severity, DateTimeOffset now) => Scope == SilenceScope.Source && Target == source && Holds(severity, now);

    /// <summary>True if this alert does not go to this subscriber.</summary>
    public bool Covers(AlertFacts alert, string subscriber, DateTimeOffset now) => Holds(alert.Severity, now) && IsAbout(alert, subscriber) && EndedBy(alert, now) is null;

    private bool IsAbout(AlertFacts alert, string subscriber) => Scope switch
    {
        SilenceScope.Rule => Target == alert.Rule,
        SilenceScope.Story => Target == alert.StoryKey,
        SilenceScope.Subscriber => Target == subscriber,
        _ => false,
    };

    private bool Holds(Severity severity, DateTimeOffset now) => From <= now && now < Until && (WithFlash || severity < Severity.Flash);
}

/// <summary>What a silence keeps quiet.</summary>
public enum SilenceScope
{
    /// <summary>The alerts of a rule.</summary>
    Rule,

    /// <summary>The alerts of a story, whichever rule finds them.</summary>
    Story,

    /// <summary>The alerts to a subscriber.</summary>
    Subscriber,

    /// <summary>The articles of a source: they are read and kept, and alert nobody.</summary>
    Source,
}
