namespace NewsWatch.Configuration.Templates;

/// <summary>Messages that a template is tried with at load: what usually comes, and what a hostile source would send.</summary>
internal static class TemplateSamples
{
    /// <summary>An alert as it usually is; <c>newswatch check</c> shows the call for it.</summary>
    public static TemplateModel Alert { get; } = new()
    {
        Id = "msg_00000000000000000000000000000000",
        Key = "sample-rule/0123456789abcdef/first-report/1",
        Incident = "newswatch-0123456789abcdef",
        Action = "trigger",
        Kind = "alert",
        Reason = "first-report",
        Severity = "urgent",
        Title = "[URGENT] Sample: talks on the Copse Bridge end without a result",
        Text = "First report | Courier, 12:00\nThe talks ended before the deadline.\nWhy: Sample rule: talks, deadline",
        Lines = ["First report | Courier, 12:00", "The talks ended before the deadline.", "Why: Sample rule: talks, deadline"],
        Items = [],
        Link = "https://courier.example.com/news/1?page=1&from=feed",
        Count = 1,
        Time = "2026-01-31T12:00:00Z",
        Unix = 1_769_860_800,
        Subscriber = "sample",
        Headline = "Sample: talks on the Copse Bridge end without a result",
        SourceName = "Courier",
        Rule = "sample-rule",
        RuleTitle = "Sample rule",
        Labels = new Dictionary<string, string>(),
    };

    /// <summary>All of them: one alert, one with the signs that end texts elsewhere, a withdrawal, a notice.</summary>
    public static IReadOnlyList<TemplateModel> OneAlert { get; } =
    [
        Alert,
        Alert with { Title = Hostile, Headline = Hostile, Text = Hostile + "\n" + Hostile, Lines = [Hostile, Hostile], SourceName = Hostile, RuleTitle = Hostile, Labels = new Dictionary<string, string> { ["desk"] = Hostile }, Link = "" },
        Alert with { Action = "resolve", Reason = "withdrawal" },
        Alert with { Kind = "notice", Key = "", Reason = "", Count = 0, Severity = "routine", Title = "Source courier is failing", Text = "Since 12:00", Lines = ["Since 12:00"], Link = "", Headline = "", SourceName = "", Rule = "", RuleTitle = "" },
    ];

    /// <summary>The same, and a message of two alerts.</summary>
    public static IReadOnlyList<TemplateModel> Several { get; } =
    [
        .. OneAlert,
        Alert with { Kind = "digest", Count = 2, Title = "2 alerts", Text = "• Courier, 12:00: Copse opens https://courier.example.com/1\n• Courier, 12:01: " + Hostile, Lines = [], Link = "", Items = [new("Courier, 12:00: Copse opens", "https://courier.example.com/1"), new("Courier, 12:01: " + Hostile, "")] },
    ];

    private const string Hostile = "\"Çığ\" \\ {{ x }} </b> & 'é' @all *x* _y_ {\"a\":[1]} 警报 👩‍👩‍👧‍👦";
}
