using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Messages;

/// <summary>
/// News of one article in a reader's words: what both parts of a mail say, so that neither can say less. Alerts of several rules about the
/// same article come together.
/// </summary>
internal sealed partial record AlertView
{
    /// <summary>So many other sources are listed; an alert's size must not grow with them.</summary>
    public const int MaxOthers = 20;

    /// <summary>Marks omitted text between two excerpts.</summary>
    public const string Gap = "[…]";

    private const int MaxRuleInLead = 36;
    private const int MaxNegated = 2;
    private const string FirstReport = "First report";
    private const string AnotherRule = "Same story, another rule";

    /// <summary>FLASH, URGENT, or nothing.</summary>
    public required string Tag { get; init; }

    /// <summary>What kind of news it is: "First report", "Update", ...</summary>
    public required string Reason { get; init; }

    public required Excerpt Headline { get; init; }

    public required IReadOnlyList<Excerpt> Excerpts { get; init; }

    /// <summary>What changed, in a correction or withdrawal; null in all others.</summary>
    public ChangeView? Change { get; init; }

    public required string Source { get; init; }

    /// <summary>BCP 47 tag of the source's words; empty where it is English, like ours, or not known.</summary>
    public required string Language { get; init; }

    /// <summary>What a reader of English can decide by; empty where the news is in English.</summary>
    public required string Foreign { get; init; }

    /// <summary>What the news denies: "cease-fire"; empty where it denies nothing.</summary>
    public required string Negated { get; init; }

    /// <summary>When it was published, else first seen.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The reader's time of day, for the first line.</summary>
    public required string Clock { get; init; }

    /// <summary>The reader's day and time, for lists.</summary>
    public required string Day { get; init; }

    public required SafeLink? Link { get; init; }

    /// <summary>Label and value, in the order in which they are shown.</summary>
    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    /// <summary>The rules that alerted, the most severe first; at least one.</summary>
    public required IReadOnlyList<RuleView> Rules { get; init; }

    public required IReadOnlyList<OtherView> Others { get; init; }

    /// <summary>What the thread has told, and what else it was told as: a line each; empty for a first report.</summary>
    public required IReadOnlyList<string> Known { get; init; }

    /// <summary>The first line of a follow-up: only what is new, and who says so; empty where an alert says more than news.</summary>
    public required string NewLine { get; init; }

    /// <summary>What the alert says that no headline and no sentence of its article says; empty for none.</summary>
    public required string Statement { get; init; }

    /// <summary>How large the story is by now: "14 reports"; empty for a story of one report.</summary>
    public required string StorySize { get; init; }

    /// <summary>Where its reader says whether it was useful; empty for nowhere.</summary>
    public string FeedbackUrl { get; init; } = "";

    /// <summary>The title of the rule that it is listed under.</summary>
    public string RuleTitle => Rules[0].Title;

    /// <summary>The titles of its rules.</summary>
    public string RuleTitles => string.Join("; ", Rules.Select(rule => rule.Title));

    /// <summary>What the subject does not say: the rule, what is denied, who says so and when. The first line of each part.</summary>
    public string Lead => $"{Bidi.Isolate(SubjectLine.Shorten(RuleTitle, MaxRuleInLead))}: {(IsNew ? "" : Reason + ", ")}{Bidi.Isolate(Source)}, {Clock}.{(Negated.Length > 0 ? $" NOT: {Bidi.Isolate(Negated)}." : "")}{(Foreign.Length > 0 ? $" {Foreign}" : "")}";

    /// <summary>Source, time and what is new: a line of a list.</summary>
    public string Line => $"{Source}, {Clock}: {(IsNew ? "" : Reason + ": ")}{News}";

    /// <summary>The headline, and what it denies.</summary>
    public string News => Negated.Length > 0 ? $"{Headline.Text} [NOT: {Negated}]" : Headline.Text;

    /// <summary>The excerpt that shows most of what was found; null where there is none.</summary>
    public Excerpt? Best => Change is null ? Excerpts.MaxBy(excerpt => excerpt.Marks.Count) : Change.Best;

    /// <summary>The line above the headline: the severity, if above routine, and the kind of news.</summary>
    public string Label => Tag.Length > 0 ? $"{Tag} | {Reason}" : Reason;

    /// <summary>True for a first report.</summary>
    public bool IsNew => Reason == FirstReport;

    /// <summary>True where a list of alerts names severity and kind too: an ordinary first report says nothing by that.</summary>
    public bool IsNotable => Tag.Length > 0 || !IsNew;

    /// <summary>The same in as few words as a line of contents has room for: an ordinary first report says nothing by that.</summary>
    public string ShortLabel => IsNew ? Tag : Label;

    /// <summary>Source and time in one line, for lists.</summary>
    public required string Compact { get; init; }

    /// <summary>Other sources in one line, for lists; empty where there are none.</summary>
    public string CompactOthers => Others.Count == 0 ? "" : $"Also reported by {string.Join(", ", Others.Select(other => other.Name).Distinct().Take(MaxOthers))}{(MoreOthers.Length > 0 ? " " + MoreOthers : "")}";

    /// <summary>The story's size and what was known in one line, for lists; empty where there is nothing to say.</summary>
    public string CompactKnown => string.Join(". ", Known.Prepend(StorySize.Length > 0 ? $"Story: {StorySize}" : "").Where(line => line.Length > 0));

    /// <summary>How many other sources there are beyond those that a mail lists; empty where it lists all.</summary>
    public string MoreOthers => Others.Count > MaxOthers ? string.Create(CultureInfo.InvariantCulture, $"and {Others.Count - MaxOthers} more sources") : "";

    /// <summary>The reason for the alert in one line, for lists; empty where the marks show it.</summary>
    public string CompactMatch => Headline.Marks.Count > 0 || Best?.Marks.Count > 0 ? "" : $"Matched {Matched}";

    /// <summary>What matched in one line; further rules by name.</summary>
    public string Matched => string.Join("; ", Rules.Select((rule, at) => at == 0 ? rule.Matched : $"{rule.Title}: {rule.Matched}"));

    /// <summary>The views of clean alerts for a reader in a zone: the most severe first, then the newest.</summary>
    /// <param name="known">Stories that the reader has had a message about: what another rule says of them is no first report to this reader.</param>
    /// <param name="feedback">Where the reader says whether an alert was useful, by its key.</param>
    public static IReadOnlyList<AlertView> All(IEnumerable<AlertContent> alerts, TimeZoneInfo zone, IReadOnlySet<long>? known = null, IReadOnlyDictionary<string, string>? feedback = null) =>
        [.. ByArticle(alerts).Select(article => From(article, zone, known?.Contains(article[0].Story) == true) with { FeedbackUrl = feedback?.GetValueOrDefault(article[0].Key) ?? "" })];

    /// <summary>Alerts, article by article: the most severe first, then the newest.</summary>
    public static IEnumerable<IReadOnlyList<AlertContent>> ByArticle(IEnumerable<AlertContent> alerts) => alerts
        .OrderByDescending(alert => alert.Severity)
        .ThenByDescending(alert => alert.Article.Published ?? alert.Article.FirstSeen)
        .GroupBy(alert => (alert.Article.Url, alert.Article.Title, alert.Reason))
        .Select(article => article.ToList());

    /// <summary>The view of alerts about one article, the most severe first.</summary>
    private static AlertView From(IReadOnlyList<AlertContent> alerts, TimeZoneInfo zone, bool known)
    {
        var alert = alerts[0];
        var excerpts = Core.Rules.Excerpts.Join(alerts.SelectMany(one => one.Excerpts));
        var headline = excerpts.FirstOrDefault(excerpt => excerpt.Field == Field.Title && excerpt.Text == alert.Article.Title) ?? new(Field.Title, alert.Article.Title, []);
        var language = LanguageOf(alert.Article.Language);
        var at = alert.Article.Published ?? alert.Article.FirstSeen;
        var link = SafeLink.TryCreate(alert.Article.Url);
        return new()
        {
            Tag = alert.Severity == Severity.Routine ? "" : alert.Severity.ToString().ToUpperInvariant(),
            Reason = known && alert.Reason == Core.Alerts.AlertReason.FirstReport ? AnotherRule : Word(alert),
            Headline = headline,
            Excerpts = [.. excerpts.Where(excerpt => excerpt != headline)],
            Change = ChangeView.From(alerts, zone),
            Source = alert.Article.SourceName,
            Language = language,
            Foreign = ForeignWords.Of(language, alerts),
            Negated = NegatedIn(alerts, language.Length > 0),
            At = at,
            Compact = $"{alert.Article.SourceName}, {MailTime.Short(at, zone)}",
            Clock = MailTime.Local(at, zone, "HH:mm"),
            Day = MailTime.Local(at, zone, "ddd d MMM, HH:mm"),
            Link = link,
            Facts = FactsOf(alert, zone, link),
            Rules = [.. alerts.Select(RuleView.From)],
            Others = [.. alerts.SelectMany(one => one.OtherSources).Distinct().Select(other => OtherView.From(other, zone))],
            Known = StoryLines.Known(alert, zone),
            Statement = StoryLines.Statement(alert, zone),
            NewLine = StoryLines.New(alert, MailTime.Local(at, zone, "HH:mm"), zone),
            StorySize = StoryLines.Size(alert),
        };
    }

    private static string LanguageOf(string tag) => LanguageTag().IsMatch(tag) && tag.Split('-')[0] != "en" ? tag : "";

    /// <summary>What is negated wherever it counts: in the headline, or where the headline does not speak of it, in the text.</summary>
    /// <param name="byName">True where a reader may not understand the words.</param>
    private static string NegatedIn(IReadOnlyList<AlertContent> alerts, bool byName)
    {
        var negated = alerts.SelectMany(alert => alert.Hits)
            .Where(hit => !hit.Clause.StartsWith('@'))
            .GroupBy(hit => hit.Clause)
            .Select(clause => clause.Any(hit => hit.Field == Field.Title) ? clause.Where(hit => hit.Field == Field.Title) : clause)
            .Where(clause => clause.All(hit => hit.Negated))
            .Select(clause => clause.First())
            .Select(hit => byName ? hit.Clause.Trim('#', '"', '~', '=') : hit.Quote);
        return string.Join(", ", negated.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxNegated));
    }

    private static List<(string, string)> FactsOf(AlertContent alert, TimeZoneInfo zone, SafeLink? link)
    {
        var article = alert.Article;
        var site = link?.Host ?? NoLink(article.Url);
        var facts = new List<(string, string)>(VoiceLines.Of(alert, zone)) { ("Source", site == article.SourceName ? site : $"{article.SourceName} ({site})") };
        if (article.Authors.Count > 0)
        {
            facts.Add(("By", string.Join(", ", article.Authors)));
        }

        facts.Add(("Published", article.Published is { } published ? MailTime.Full(published, zone) : "not stated"));
        facts.Add(("First seen", MailTime.Full(article.FirstSeen, zone)));
        if (article.Completeness != Core.Articles.Completeness.Full)
        {
            facts.Add(("Read", article.Completeness == Core.Articles.Completeness.Paywalled ? "the part before the paywall" : "the feed's headline and summary, not the page"));
        }

        if (StoryLines.Size(alert) is { Length: > 0 } size)
        {
            facts.Add(("Story", $"{size} since {MailTime.Local(alert.StoryFacts!.FirstSeen, zone, "ddd d MMM, HH:mm")}"));
        }

        if (StoryLines.Sources(alert) is { Length: > 0 } sources)
        {
            facts.Add(("Told by", sources));
        }

        return facts;
    }

    // What has no link is known by its id, or by one of ours.
    private static string NoLink(string url) =>
        url.StartsWith("urn:", StringComparison.Ordinal) ? "no link given" : "unsafe link removed";

    private static string Word(AlertContent alert) => alert.Reason switch
    {
        Core.Alerts.AlertReason.FirstReport => FirstReport,
        Core.Alerts.AlertReason.Update => "Update",
        Core.Alerts.AlertReason.Correction => "Correction",
        Core.Alerts.AlertReason.Withdrawal => "Withdrawn",
        Core.Alerts.AlertReason.DeadlineSet => "Deadline set",
        Core.Alerts.AlertReason.DeadlineNear => "Deadline near",
        Core.Alerts.AlertReason.DeadlineMoved => $"Deadline {VoiceLines.Verb(alert.Deadlines.Count > 0 ? alert.Deadlines[0].Modality : DeadlineModality.Moved)}",
        Core.Alerts.AlertReason.Corroboration => "Confirmed",
        _ => "Severity raised",
    };

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguageTag();
}

/// <summary>Another source of the story.</summary>
internal sealed record OtherView(string Name, string Title, string When, SafeLink? Link)
{
    public static OtherView From(OtherSource other, TimeZoneInfo zone) =>
        new(other.Name, other.Title, other.Published is { } at ? MailTime.Full(at, zone) : "", SafeLink.TryCreate(other.Url));
}
