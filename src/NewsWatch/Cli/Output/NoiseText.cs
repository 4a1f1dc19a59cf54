using System.Globalization;
using System.Text;
using NewsWatch.Core.Alerts.Noise;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Noise;

namespace NewsWatch.Cli.Output;

/// <summary>What rules cost, as a table and sentences.</summary>
internal static class NoiseText
{
    private const int MaxTerms = 3;

    /// <summary>All rules, or one.</summary>
    public static string Of(NoiseReport report, string? rule)
    {
        var rules = report.Rules.Where(one => rule is null || one.Numbers.Rule == rule).ToList();
        var days = Math.Max(1, (report.Until - report.Since).TotalDays);
        var text = new StringBuilder();
        Line(text, $"{report.Since.UtcDateTime:yyyy-MM-dd HH:mm} to {report.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {days:0} days");
        var width = rules.Select(one => one.Numbers.Rule.Length).Append(4).Max();
        Line(text, $"{"rule".PadRight(width)}   fires  stories  alerts  a day  sent  answered  useful  not  known  budget");
        foreach (var (numbers, budget, terms) in rules)
        {
            Line(text, $"{numbers.Rule.PadRight(width)}  {numbers.Fires,6}  {numbers.Stories,7}  {numbers.Alerts,6}  {numbers.Alerts / days,5:0.0}  {numbers.Deliveries,4}  {Share(numbers.Answered, numbers.Alerts),8}  {numbers.Useful,6}  {numbers.NotUseful,3}  {numbers.Known,5}  {BudgetOf(budget)}");
            foreach (var term in terms.Take(MaxTerms))
            {
                Line(text, $"{new string(' ', width)}  {Of(term)}");
            }
        }

        foreach (var overlap in report.Overlaps.Where(overlap => rule is null || overlap.Rule == rule || overlap.Other == rule))
        {
            Line(text, $"{overlap.Rule} and {overlap.Other} share {overlap.Both} stories, of {overlap.Stories} and {overlap.OtherStories}.");
        }

        if (rule is null && report.Silent.Count > 0)
        {
            Line(text, $"Nothing matched: {string.Join(", ", report.Silent)}.");
        }

        return text.ToString();
    }

    /// <summary>Tightenings with their backtests.</summary>
    public static string Of(IReadOnlyList<Tightening> tightenings, string rule)
    {
        var text = new StringBuilder();
        foreach (var one in tightenings)
        {
            Line(text, $"Rules.{rule}.Unless: {one.Unless}");
            Line(text, $"  {one.Gone} of {one.Alerts} alerts would not have been; of those that readers answered, {one.GoneNotUseful} were not useful, {one.GoneUseful} were.");
        }

        return text.ToString();
    }

    /// <summary>A false term in numbers.</summary>
    public static string Of(FalseTerm term) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{term.Term}\": not useful in {term.NotUseful} of {term.With}, without it in {term.OthersNotUseful} of {term.Without}");

    private static string BudgetOf(BudgetUse? use) => use is null ? "-" : string.Create(
        CultureInfo.InvariantCulture, $"{use.Budget.Count} in {use.Budget.Window.TotalHours:0.#} h: over in {use.Over} of {use.Windows}, at most {use.Fullest}{(use.IsOver ? ", now over" : "")}");

    private static string Share(int part, int whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(TerminalText.Clean(line.ToString(CultureInfo.InvariantCulture))).Append('\n');
}
