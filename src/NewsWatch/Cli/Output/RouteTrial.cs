using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Cli.Output;

/// <summary>Hypothetical alerts: the rules that have the given severity and labels, at a source and in a language.</summary>
internal sealed record RouteTrial(IReadOnlyList<WatchRule> Rules, string Source, string Language)
{
    private const string LabelPrefix = "label.";
    private static readonly string[] Keys = ["severity", "rule", "source", "lang", "publishers", "independent"];

    /// <summary>How many publishers tell the story; a rule that asks for more has what it asks for.</summary>
    private int Publishers { get; init; } = 1;

    /// <summary>How many independent sources the story has.</summary>
    private int Independent { get; init; } = 1;

    /// <summary>The error in the conditions; null for none.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads <c>severity=flash</c>, <c>label.desk=risk</c> and so on.</summary>
    public static RouteTrial Read(IEnumerable<string> conditions, WatchConfiguration configuration)
    {
        var (rules, source, language, counts) = (configuration.Rules.Values.ToList(), "", "", new Dictionary<string, int>());
        var references = new References([.. configuration.Sources.Keys], [], [.. configuration.Rules.Keys]);
        foreach (var parts in conditions.Select(condition => condition.Split('=', 2)))
        {
            var (key, value) = (parts[0].Trim(), parts.Length == 2 ? parts[1].Trim() : "");
            if (Wrong(key, value, references) is { } error)
            {
                return new([], "", "") { Error = error };
            }

            (source, language) = (key == "source" ? value : source, key == "lang" ? value : language);
            if (key is "publishers" or "independent")
            {
                counts[key] = int.Parse(value, CultureInfo.InvariantCulture);
            }

            rules.RemoveAll(rule => !Has(rule, key, value));
        }

        var independent = counts.GetValueOrDefault("independent", 1);
        return new(rules, source, language) { Publishers = Math.Max(counts.GetValueOrDefault("publishers", 1), independent), Independent = independent };
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
            Sources = new(
                Math.Max(Publishers, rule.Rule.Needs.Publishers),
                [.. Enumerable.Repeat(new Origin(OriginKind.Outlet, Source, []), Math.Max(Independent, rule.Rule.Needs.Independent))]),
        };
    }

    private static bool Has(WatchRule rule, string key, string value) => key switch
    {
        "severity" => rule.Severity.ToString().Equals(value, StringComparison.OrdinalIgnoreCase),
        "rule" => rule.Id == value,
        "source" or "lang" or "publishers" or "independent" => true,
        _ => rule.Labels.GetValueOrDefault(key[LabelPrefix.Length..], "") == value,
    };

    private static string? Wrong(string key, string value, References references)
    {
        if (!Keys.Contains(key) && !key.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            return $"\"{key}\" cannot be tested. Write severity=flash, rule=ID, source=ID, lang=en, publishers=3, independent=2 or label.NAME=VALUE.{Spelling.DidYouMean(key, Keys)}";
        }

        return key switch
        {
            "severity" => Values.Choice<Severity>("a severity")(value).Error,
            "lang" => References.OddLanguage(value),
            "publishers" or "independent" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= StoryNeeds.Max ? null : $"\"{value}\" is not a number from 1 to {StoryNeeds.Max}.",
            _ => references.Unknown(key, value) is { } unknown ? $"There is {unknown}" : null,
        };
    }
}
