using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>Parses the strings of the configuration; each method returns the value, or the error with what to write.</summary>
internal static partial class Values
{
    /// <summary>RFC 5321, with the angle brackets of a path.</summary>
    private const int MaxAddressLength = 254;

    /// <summary>The longest duration.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(36_500);

    /// <summary>A duration in a range: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
    public static Func<string, ParseResult<TimeSpan>> Duration(TimeSpan least, TimeSpan most) => text =>
    {
        var read = Duration(text);
        return read.Error is null && (read.Value < least || read.Value > most)
            ? ParseResult<TimeSpan>.Wrong($"\"{text}\" is out of range. Use {Print(least)} to {Print(most)}.")
            : read;
    };

    /// <summary>As the other, from 0 s to 36,500 days.</summary>
    public static ParseResult<TimeSpan> Duration(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return ParseResult<TimeSpan>.Wrong($"\"{text}\" has no unit. Write {text}s, {text}m or {text}h.");
        }

        var seconds = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        return seconds > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && (long)count * seconds <= MaxDuration.TotalSeconds
            ? TimeSpan.FromSeconds((long)count * seconds)
            : ParseResult<TimeSpan>.Wrong($"\"{text}\" is not a duration. Write {(LongDuration().Match(text) is { Success: true } words ? words.Groups["count"].Value + words.Groups["unit"].Value.ToLowerInvariant() : "90s, 5m, 2h or 1d")}.");
    }

    /// <summary>A poll interval, or <c>auto</c>, which is null.</summary>
    public static ParseResult<TimeSpan?> Poll(string text) =>
        text == "auto" ? (TimeSpan?)null
        : Duration(DefaultsReader.MinPoll, DefaultsReader.MaxPoll)(text) is { Error: { } error } ? ParseResult<TimeSpan?>.Wrong(error) : Duration(text).Value;

    /// <summary><c>20/1h</c>, or <c>none</c>.</summary>
    public static ParseResult<Cap> Cap(string text)
    {
        if (text == "none")
        {
            return Core.Alerts.Cap.None;
        }

        var parts = text.Split('/');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            && Duration(parts[1]) is { Error: null, Value: { Ticks: > 0 } window }
            ? new Cap(count, window)
            : ParseResult<Cap>.Wrong($"\"{text}\" is not a cap. Write 20/1h for at most 20 messages an hour, or none.");
    }

    /// <summary><c>10/1d</c>, within an hour to a week.</summary>
    public static ParseResult<Cap?> Budget(string text) =>
        Cap(text) is { Error: null, Value: { IsNone: false } budget } && budget.Window >= TimeSpan.FromHours(1) && budget.Window <= TimeSpan.FromDays(7)
            ? budget
            : ParseResult<Cap?>.Wrong($"\"{text}\" is not a budget. Write 10/1d for at most 10 alerts a day; the time is 1h to 7d.");

    /// <summary>An IANA or Windows zone name.</summary>
    public static ParseResult<TimeZoneInfo> Zone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? zone
            : ParseResult<TimeZoneInfo>.Wrong($"\"{text}\" is not a time zone. {(ZoneOfCity(text) is { } id ? $"Did you mean \"{id}\"?" : $"Write e.g. Europe/Berlin or UTC.{Spelling.DidYouMean(text, ZoneIds())}")}");

    /// <summary>Europe/Berlin for "Berlin" or "berlin".</summary>
    private static string? ZoneOfCity(string city) =>
        ZoneIds().FirstOrDefault(id => id.EndsWith("/" + city.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> ZoneIds() => TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id);

    /// <summary><c>07:00</c>.</summary>
    public static ParseResult<TimeOnly> Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : ParseResult<TimeOnly>.Wrong($"\"{text}\" is not a time of day. Write {(TimeOnly.TryParse(Midnight(text), CultureInfo.InvariantCulture, out var meant) ? meant : new TimeOnly(7, 0)).ToString("HH:mm", CultureInfo.InvariantCulture)}.");

    /// <summary>As <see cref="Time"/>, for a value that may be missing.</summary>
    public static ParseResult<TimeOnly?> TimeOrNone(string text) => Time(text) is { Error: { } error } ? ParseResult<TimeOnly?>.Wrong(error) : Time(text).Value;

    /// <summary>The hour that was probably meant: 24:00 is 00:00, 22 is 22:00.</summary>
    private static string Midnight(string text) => text.Trim() is var time && time.StartsWith("24", StringComparison.Ordinal) ? "00:00" : int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"{time}:00" : time;

    /// <summary><c>07:00,17:00</c>.</summary>
    public static ParseResult<IReadOnlyList<TimeOnly>> Times(string text)
    {
        var times = text.Split(',').Select(Time).ToList();
        return times.Find(time => time.Error is not null) is { Error: { } wrong }
            ? ParseResult<IReadOnlyList<TimeOnly>>.Wrong(wrong)
            : new ParseResult<IReadOnlyList<TimeOnly>>([.. times.Select(time => time.Value).Order()], null);
    }

    /// <summary>One of an enumeration's names in any case, or the error that lists them.</summary>
    /// <param name="what">The kind of value, with its article: "a severity".</param>
    public static Func<string, ParseResult<T>> Choice<T>(string what)
        where T : struct, Enum => text =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<T>(name)
            : ParseResult<T>.Wrong($"\"{text}\" is not {what}. Use {Alternatives([.. Enum.GetNames<T>().Reverse().Select(known => known.ToLowerInvariant())])}.");

    /// <summary>baseline, alert-last:N, alert-all.</summary>
    public static ParseResult<FirstRun> FirstRun(string text) => text switch
    {
        "baseline" => new FirstRun(FirstRunKind.Baseline, 0),
        "alert-all" => new FirstRun(FirstRunKind.AlertAll, 0),
        _ when text.StartsWith("alert-last:", StringComparison.Ordinal) && int.TryParse(text["alert-last:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last > 0 =>
            new FirstRun(FirstRunKind.AlertLast, last),
        _ => ParseResult<FirstRun>.Wrong($"\"{text}\" is not known. Use baseline, alert-last:N or alert-all."),
    };

    /// <summary>Exactly one addr-spec (RFC 5322), without control characters.</summary>
    public static ParseResult<string> Address(string text) =>
        IsOneAddress(text, out var address) && address.Address == text
            ? text
            : ParseResult<string>.Wrong(text.Count(letter => letter == '@') > 1 && text.AsSpan().ContainsAny(',', ';')
                ? $"\"{Printable(text)}\" is several addresses. Write one here, and a subscriber for each other one."
                : $"\"{Printable(text)}\" is not one email address. Write anna@example.com.");

    /// <summary>An address with or without a display name.</summary>
    public static ParseResult<string> Mailbox(string text) =>
        IsOneAddress(text, out _) ? text : ParseResult<string>.Wrong($"\"{Printable(text)}\" is not one sender. Write NewsWatch <alerts@example.com>.");

    /// <summary>A network in CIDR form, or one address.</summary>
    public static ParseResult<IPNetwork> Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : ParseResult<IPNetwork>.Wrong($"\"{text}\" is not a network. Write e.g. 10.1.2.0/24 (the host bits must be 0).");
    }

    /// <summary><c>until 2026-12-01T08:00 because the desk moves</c>, in a zone unless the time names its own.</summary>
    public static Func<string, ParseResult<Muting?>> Muted(TimeZoneInfo zone) => text =>
    {
        var match = UntilBecause().Match(text);
        if (!match.Success || !DateTime.TryParse(match.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            return ParseResult<Muting?>.Wrong($"\"{Printable(text)}\" has no end or no reason. Write \"until 2026-12-01T08:00 because the desk moves\".");
        }

        var until = time.Kind == DateTimeKind.Utc
            ? TimeZoneInfo.ConvertTime(new DateTimeOffset(time), zone)
            : LocalTime.On(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time), zone);
        return new Muting(until, match.Groups["why"].Value.Trim());
    };

    /// <summary>a, b or c.</summary>
    public static string Alternatives(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    private static bool IsOneAddress(string text, out MailAddress address)
    {
        address = null!;
        return !text.Any(char.IsControl) && !text.Contains(',', StringComparison.Ordinal) && !text.Contains(';', StringComparison.Ordinal)
            && MailAddress.TryCreate(text, out address!) && address.Address.Length <= MaxAddressLength
            && !address.Address.Any(letter => letter is '"' or ' ' or '(' or ')' or '[' or ']' or '\\') && address.Address.Count(letter => letter == '@') == 1;
    }

    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Print(TimeSpan span) =>
        span.TotalDays >= 1 && span.Ticks % TimeSpan.TicksPerDay == 0 ? $"{span.TotalDays:0}d"
        : span.TotalHours >= 1 && span.Ticks % TimeSpan.TicksPerHour == 0 ? $"{span.TotalHours:0}h"
        : span.TotalMinutes >= 1 && span.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{span.TotalMinutes:0}m"
        : $"{span.TotalSeconds:0}s";

    [GeneratedRegex(@"^\s*until\s+(?<time>\S+)\s+because\s+(?<why>\S.*)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex UntilBecause();

    /// <summary>10 seconds, 5 min.</summary>
    [GeneratedRegex("^ *(?<count>[0-9]+) *(?<unit>[smhd])[a-z]* *$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LongDuration();
}
