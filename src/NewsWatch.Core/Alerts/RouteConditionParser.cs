using System.Globalization;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Core.Alerts;

/// <summary>Reads <c>key op value AND key op value ...</c>; goes on after an error, so that a report lists all of them.</summary>
internal static class RouteConditionParser
{
    private static readonly string[] Keys = ["severity", "reason", "rule", "source", "publisher", "lang", "publishers", "independent", "deadline"];

    // Corrections and withdrawals follow their alert: no route is asked.
    private static readonly string[] Reasons = [.. Enum.GetValues<AlertReason>().Except([AlertReason.Correction, AlertReason.Withdrawal]).Select(RouteComparison.NameOf)];

    public static RouteConditionResult Parse(string text)
    {
        var words = RouteConditionWord.Split(text);
        var errors = new List<RouteConditionError>();
        var comparisons = new List<(RouteComparison Comparison, int Offset)>();
        if (words.Count == 0)
        {
            errors.Add(new(0, 1, "the condition is empty. Write e.g. severity = flash, or leave If out to take every alert."));
        }

        for (var at = 0; at < words.Count;)
        {
            var end = words.FindIndex(at, word => word.IsAnd);
            end = end < 0 ? words.Count : end;
            Comparison(words[at..end], words.ElementAtOrDefault(end) ?? words[^1], comparisons, errors);
            if (end == words.Count - 1)
            {
                errors.Add(new(words[end].Offset, words[end].Length, "nothing follows AND. Write another comparison or leave AND out."));
            }

            at = end + 1;
        }

        return errors.Count == 0 ? new(new(text, [.. comparisons.Select(one => one.Comparison)], [.. comparisons.Select(one => one.Offset)]), []) : new(null, errors);
    }

    private static void Comparison(
        List<RouteConditionWord> words, RouteConditionWord near, List<(RouteComparison Comparison, int Offset)> comparisons, List<RouteConditionError> errors)
    {
        if (words.Count != 3 || words[1].Operator is not { } relation)
        {
            errors.Add(Shape(words, near));
            return;
        }

        var (key, value) = (words[0], words[2]);
        if (Wrong(key, words[1], relation, value) is { } error)
        {
            errors.Add(error);
            return;
        }

        var name = Canonical(key.Text);
        comparisons.Add((new(name, relation, name == "reason" ? value.Text.ToLowerInvariant() : value.Text), value.Offset));
    }

    private static string Canonical(string key) =>
        key.StartsWith(RouteComparison.LabelPrefix, StringComparison.OrdinalIgnoreCase)
            ? RouteComparison.LabelPrefix + key[RouteComparison.LabelPrefix.Length..]
            : key.ToLowerInvariant();

    private static RouteConditionError Shape(List<RouteConditionWord> words, RouteConditionWord near)
    {
        const string How = "Write key = value, key != value, severity >= value, severity <= value, independent >= value or deadline < 24h, joined by AND.";
        if (words.Count == 0)
        {
            return new(near.Offset, near.Length, $"a comparison is missing here. {How}");
        }

        if (words.Find(word => word is { Quoted: false, Text: ">" }) is { } bare)
        {
            return new(bare.Offset, bare.Length, $"{bare.Text} alone is not known. Write {bare.Text}=, which takes the value itself as well.");
        }

        var odd = words.FirstOrDefault(word => word.Text.ToUpperInvariant() is "OR" or "NOT" or "&&" or "||");
        if (odd is not null)
        {
            return new(odd.Offset, odd.Length, $"\"{odd.Text}\" is not known in conditions. Use one child route for each alternative. {How}");
        }

        if (words.Count > 3 && words[1].Operator is not null)
        {
            return new(words[3].Offset, words[3].Length, $"AND is missing before \"{words[3].Text}\". {How}");
        }

        var place = words.Count > 1 && words[1].Operator is null ? words[1] : words[^1];
        return new(place.Offset, place.Length, $"\"{place.Text}\" is not understood here. {How}");
    }

    private static RouteConditionError? Wrong(RouteConditionWord key, RouteConditionWord sign, RouteOperator relation, RouteConditionWord value)
    {
        var name = Canonical(key.Text);
        if (!Keys.Contains(name) && !(name.StartsWith(RouteComparison.LabelPrefix, StringComparison.Ordinal) && name.Length > RouteComparison.LabelPrefix.Length))
        {
            return new(key.Offset, key.Length, $"\"{key.Text}\" cannot be compared. Use severity, reason, label.NAME, rule, source, publisher, lang, publishers, independent or deadline.");
        }

        if ((relation == RouteOperator.Below) != (name == "deadline"))
        {
            return new(sign.Offset, sign.Length, name == "deadline" ? "a deadline is compared with < and a time, e.g. deadline < 24h." : "< works for deadline only. Write <=, which takes the value itself as well.");
        }

        if (relation is RouteOperator.AtLeast or RouteOperator.AtMost && name is not ("severity" or "publishers" or "independent"))
        {
            return new(sign.Offset, sign.Length, $"{sign.Text} works for severity, publishers and independent only. Use {key.Text} = {value.Text}.");
        }

        var wrong = name switch
        {
            "severity" when !IsSeverity(value.Text) => "is not a severity. Use flash, urgent or routine.",
            "reason" when value.Text.ToLowerInvariant() is "correction" or "withdrawal" => "goes to those who got the alert, past all routes. Leave it out.",
            "reason" when !Reasons.Contains(value.Text.ToLowerInvariant()) => $"is not a reason. Use {string.Join(", ", Reasons[..^1])} or {Reasons[^1]}.",
            "deadline" when RouteComparison.TimeOf(value.Text) is null => "is not a time up to 366 days. Write e.g. 45m, 24h or 7d.",
            "publishers" or "independent" when !IsCount(value.Text) => $"is not a number of sources. Use 1 to {StoryNeeds.Max}.",
            _ => null,
        };
        return wrong is null ? null : new(value.Offset, value.Length, $"\"{value.Text}\" {wrong}");
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= StoryNeeds.Max;

    private static bool IsSeverity(string text) =>
        Enum.GetNames<Severity>().Contains(text, StringComparer.OrdinalIgnoreCase);
}
