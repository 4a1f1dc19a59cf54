using System.Globalization;

namespace NewsWatch.Core.Alerts;

/// <summary>The beginnings of the names of messages that hold several alerts. A name stays for ever, because message ids are made of it.</summary>
public static class BundleName
{
    internal const string Group = "group/";
    internal const string Digest = "digest/";
    internal const string QuietHours = "quiet/";
    internal const string Overflow = "overflow/";
    private const string Silence = "silence/";

    /// <summary>The beginning of the names of the messages that a silence keeps back; the subscriber and the channel follow.</summary>
    public static string SilenceOf(long silence) => string.Create(CultureInfo.InvariantCulture, $"{Silence}{silence}/");

    /// <summary>Why the alerts of a message leave together.</summary>
    /// <param name="bundle">The name of a message that holds several alerts.</param>
    public static BundleCause CauseOf(string bundle) =>
        bundle.StartsWith(Digest, StringComparison.Ordinal) ? BundleCause.Digest
        : bundle.StartsWith(QuietHours, StringComparison.Ordinal) ? BundleCause.QuietHours
        : bundle.StartsWith(Overflow, StringComparison.Ordinal) ? BundleCause.Overflow
        : bundle.StartsWith(Silence, StringComparison.Ordinal) ? BundleCause.Silence
        : BundleCause.Group;
}

/// <summary>Why the alerts of a message leave together.</summary>
public enum BundleCause
{
    /// <summary>They belong to one story, or to one rule and a short time.</summary>
    Group,

    /// <summary>The digest of a time of day.</summary>
    Digest,

    /// <summary>They were held during quiet hours.</summary>
    QuietHours,

    /// <summary>They were over the subscriber's cap.</summary>
    Overflow,

    /// <summary>A silence kept them back.</summary>
    Silence,
}
