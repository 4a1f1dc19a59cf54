using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;

namespace NewsWatch.Cli.Output;

/// <summary>Hypothetical alerts: the rules that have the given severity and labels, at a source and in a language.</summary>
internal sealed record RouteTrial(IReadOnlyList<WatchRule> Rules, string Source, string Language)
{
    private const string LabelPrefix = "label.";
    private static readonly string[] Keys = ["severity", "rule", "source", "lang"];

    /// <summary>The error in the conditions; null for none.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads <c>severity=flash</c>, <c>label.desk=risk</c> and so on.</summary>
    public static RouteTrial Read(IEnumerable<string> conditions, WatchConfiguration configuration)
    {
        var (rules, source, language) = (configuration.Rules.Values.ToList(), "", "");
        var references = new References([.. configuration.Sources.Keys], [], [.. configuration.Rules.Keys]);
        foreach (var parts in conditions.Select(condition => condition.Split('=', 2)))
        {
            var (key, value) = (parts[0].Trim(), parts.Length == 2 ? parts[1].Trim() : "");
            if (Wrong(key, value, references) is { } error)
            {
                return new([], "", "") { Error = error };
            }

            (source, language) = (key == "source" ? value : source, key == "lang" ? value : language);
            rules.RemoveAll(rule => !Has(rule, key, value));
        }

        return new(rules, source, language);
    }

    /// <summary>Returns a row for each rule, subscriber and channel.</summary>
    public IReadOnlyList<Cell[]> Rows(WatchConfiguration configuration, DateTimeOffset now) =>
    [
        .. from rule in Rules
           let news = News(rule, configuration)
           let suppressed = AlertPolicy.Decide(rule.Match, news, [], now) as AlertDecision.Suppress
           from delivery in AlertDecider.Deliver(news.FactsOf(rule.Match), configuration.Audience, (_, _) => SubscriberState.Fresh, now)
           select new Cell[] { rule.Id, delivery.To.Subscriber.Id, delivery.To.Channel, suppressed?.Why ?? delivery.Plan.Why },
    ];

    /// <summary>The last line: the number of rules tested.</summary>
    public string Sum(int rows) => (Rules.Count, rows) switch
    {
        (0, _) => "No rule meets all conditions.",
        (_, 0) => $"No subscriber: no route leads to one and no subscriber takes {Named(Rules.Count)}.",
        _ => $"Tested {Named(Rules.Count)}. Unsubscriptions, open groups and caps may change the result of a real alert.",
    };

    private static string Named(int rules) => rules == 1 ? "1 rule" : $"{rules} rules";

    private MatchedNews News(WatchRule rule, WatchConfiguration configuration)
    {
        var source = configuration.Sources.GetValueOrDefault(Source);
        return new()
        {
            Matches = [rule.Match],
            Change = ArticleChange.New,
            Story = 0,
            StoryKey = "test",
            Source = Source,
            Group = source?.Group ?? "",
            Publisher = source?.Publisher?.Id ?? "",
            Muted = source?.Muted,
            Language = Language,
        };
    }

    private static bool Has(WatchRule rule, string key, string value) => key switch
    {
        "severity" => rule.Severity.ToString().Equals(value, StringComparison.OrdinalIgnoreCase),
        "rule" => rule.Id == value,
        "source" or "lang" => true,
        _ => rule.Labels.GetValueOrDefault(key[LabelPrefix.Length..], "") == value,
    };

    private static string? Wrong(string key, string value, References references)
    {
        if (!Keys.Contains(key) && !key.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            return $"\"{key}\" cannot be tested. Write severity=flash, rule=ID, source=ID, lang=en or label.NAME=VALUE.{Spelling.DidYouMean(key, Keys)}";
        }

        return key switch
        {
            "severity" => Values.Choice<Severity>("a severity")(value).Error,
            "lang" => References.OddLanguage(value),
            _ => references.Unknown(key, value) is { } unknown ? $"There is {unknown}" : null,
        };
    }
}
