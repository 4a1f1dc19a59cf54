using System.Globalization;
using System.Text;
using NewsWatch.Backtest;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Output;

/// <summary>The output of <c>backtest</c>.</summary>
internal sealed class BacktestText
{
    private const int MaxReasons = 5;
    private readonly BacktestResult _result;
    private readonly TimeText _time;
    private readonly Ink _ink;
    private readonly int? _width;
    private readonly StringBuilder _text = new();

    private BacktestText(BacktestResult result, TimeText time, Ink ink, int? width) => (_result, _time, _ink, _width) = (result, time, ink, width);

    /// <summary>The sums, a row a rule and a subscriber, then what is new, gone and the same.</summary>
    /// <param name="width">Of the terminal, in characters; null for files and pipes.</param>
    public static string Of(BacktestResult result, TimeText time, Ink ink, int? width) => new BacktestText(result, time, ink, width).Write();

    /// <summary>The sums alone, in two lines.</summary>
    public static string Sums(BacktestResult result, TimeText time)
    {
        var text = new BacktestText(result, time, Ink.Error, null);
        return text.Window() + (result.Window.Readings > 0 ? "\n" + text.Verdict() : "");
    }

    private string Write()
    {
        Line(Window());
        if (_result.Window.Readings > 0)
        {
            Line(_ink.Bold(Verdict()));
            Line(Sent());
            Table(["rule", Events, .. Heads(), "stories", "a day", "fullest day"], [.. _result.Rules.Select(Row)]);
            Table(["subscriber", "mails a day", "fullest day", "alerts"], [.. _result.Subscribers.Select(Row)]);
            Table(["gone", "because"], [.. _result.GoneBecause.Take(MaxReasons).Select(reason => new Cell[] { Number(reason.Count), reason.Name })]);
            Table(["clauses in turn", "readings left"], [.. _result.Funnel.Select(step => new Cell[] { step.Name, Number(step.Count) })]);
            Samples(SampleKind.Near, "One clause short", _result.NearMisses);
            Samples(SampleKind.New, "New", _result.Difference.New);
            Samples(SampleKind.Gone, "Gone", _result.Difference.Gone);
            Samples(SampleKind.Same, _result.Baseline is null ? "Found" : "The same", _result.Baseline is null ? _result.Difference.New : _result.Difference.Same);
        }

        return _text.ToString();
    }

    private string Window()
    {
        var window = _result.Window;
        return window is not { From: { } from, To: { } to }
            ? "The archive has no reading of that time."
            : $"{Number(window.Readings)} readings of {Number(window.Articles)} articles, {_time.Alone(from)} to {_time.Alone(to)}.{NotReplayed(window)} {_time.Label}";
    }

    private string NotReplayed(BacktestWindow window) =>
        (window.Kept > 0 && _result.Level == BacktestLevel.Alerts ? $" {Number(window.Kept)} are from before the archive began and were not decided: --level matches looks at them." : "")
        + (window.Lost > 0 ? $" {Number(window.Lost)} cannot be replayed: their stories are deleted." : "");

    private string Verdict()
    {
        var difference = _result.Difference;
        return $"Would have {Counted(_result.Candidate)}."
            + (_result.Baseline is { } baseline ? $" Before: {Counted(baseline)}. +{Number(difference.New)} new, -{Number(difference.Gone)} gone, {Number(difference.Same)} the same." : "");
    }

    private string Counted(BacktestSide side) => _result.Level == BacktestLevel.Matches
        ? $"fired {Number(side.Matches)} times in {Number(side.Articles)} articles"
        : $"alerted {Number(side.Alerts)} times in {Number(side.Stories)} stories";

    private string Sent() => Compared() + (_result.Sent is { Beside: > 0 and var beside } ? $" {Number(beside)} corrections, withdrawals and reminders beside them are taken as they were sent." : "");

    private string Compared() => _result.Sent switch
    {
        null => "",
        { IsExact: true } sent => $"What it is compared with gives exactly the {Number(sent.Sent)} alerts that were sent.",
        var sent => $"{Number(sent.Sent)} alerts were sent; of them what it is compared with lacks {Number(sent.MissingCount)} and adds {Number(sent.ExtraCount)}."
            + (_result.Window.Configurations.Count > 1 ? $" {Number(_result.Window.Configurations.Count)} configurations were in force in that time." : ""),
    };

    private string Events => _result.Level == BacktestLevel.Matches ? "matches" : "alerts";

    private IEnumerable<string> Heads() => _result.Baseline is null ? [] : ["before", "new", "gone"];

    private Cell[] Row(RuleOutcome rule)
    {
        var shown = rule.After ?? new(0, 0, 0, 0);
        string[] compared = _result.Baseline is null ? [] : [rule.Before is { } before ? Number(Count(before)) : "", Number(rule.Difference.New), Number(rule.Difference.Gone)];
        return
        [
            new($"{rule.Rule}{(rule.After is null ? " (removed)" : rule.Before is null && _result.Baseline is not null ? " (new)" : "")}"),
            Number(Count(shown)),
            .. compared.Select(cell => new Cell(cell)),
            Number(shown.Stories),
            Rate(Count(shown) / _result.Window.Days),
            Number(shown.FullestDay),
        ];
    }

    private int Count(RuleCount count) => _result.Level == BacktestLevel.Matches ? count.Matches : count.Alerts;

    private Cell[] Row(SubscriberOutcome one)
    {
        var before = one.Before is { } baseline ? $" (before {Rate(baseline.ADay)})" : "";
        return [one.Subscriber, Rate(one.After.ADay) + before, Number(one.After.FullestDay) + (one.Before is { } earlier ? $" (before {Number(earlier.FullestDay)})" : ""), string.Join(", ", one.After.Outcomes.Select(Outcome))];
    }

    private static string Outcome(KeyValuePair<VerdictOutcome, int> outcome) => Number(outcome.Value) + outcome.Key switch
    {
        VerdictOutcome.Send => " at once",
        VerdictOutcome.Group => " with their group",
        VerdictOutcome.Hold => " after quiet hours",
        VerdictOutcome.Digest => " in a digest",
        VerdictOutcome.Cap => " over the cap",
        _ => " not sent",
    };

    private void Samples(SampleKind kind, string title, int count)
    {
        var samples = _result.Samples.Where(sample => sample.Kind == kind).ToList();
        if (samples.Count == 0)
        {
            return;
        }

        _text.Append('\n');
        Line(_ink.Bold($"{title} ({(samples.Count < count ? $"the newest {samples.Count} of " : "")}{Number(count)})"));
        foreach (var sample in samples)
        {
            Line(Columns.Cut($"{_time.At(sample.At)}  {sample.Rule}  {sample.Source}{(sample.Reason is { } reason and not AlertReason.FirstReport ? "  " + StoredName.Of(reason) : "")}", _width));
            sample.Excerpts.Where(excerpt => excerpt.Field == Field.Title).DefaultIfEmpty(new(Field.Title, sample.Title, [])).Concat(sample.Excerpts.Where(excerpt => excerpt.Field == Field.Body).Take(1)).ToList()
                .ForEach(excerpt => Line($"    {Marked(excerpt)}"));
            Line(sample.Why.Length > 0 ? $"    {_ink.Yellow(TerminalText.Line(sample.Why))}" : "");
        }
    }

    /// <summary>The words around the hits of an excerpt, marked.</summary>
    private string Marked(Excerpt excerpt)
    {
        var (text, at) = (new StringBuilder(), 0);
        foreach (var mark in excerpt.Marks)
        {
            text.Append(TerminalText.Line(excerpt.Text[at..mark.Start])).Append(_ink.Hit(TerminalText.Line(excerpt.Text.Substring(mark.Start, mark.Length))));
            at = mark.Start + mark.Length;
        }

        return text.Append(TerminalText.Line(excerpt.Text[at..])).ToString();
    }

    private void Table(IReadOnlyList<string> heads, IReadOnlyList<Cell[]> rows)
    {
        if (rows.Count > 0)
        {
            _text.Append('\n').AppendJoin('\n', Columns.Of(heads, rows, _width)).Append('\n');
        }
    }

    private void Line(string line)
    {
        if (line.Length > 0)
        {
            _text.Append(line).Append('\n');
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
