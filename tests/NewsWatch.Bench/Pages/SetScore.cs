using System.Globalization;
using System.Text;

namespace NewsWatch.Bench.Pages;

/// <summary>How one reader did on the pages of one set.</summary>
internal sealed class SetScore
{
    private const int FirstLetters = 60;
    private const double Bad = 0.8;

    private readonly List<(double Precision, double Recall)> _bodies = [];
    private readonly List<(double Precision, double Recall)> _authors = [];
    private readonly Dictionary<string, (int Right, int All)> _counts = [];

    public void Add(PageTruth truth, PageAnswer answer)
    {
        var text = answer.Text.Replace("\u00ad", "", StringComparison.Ordinal);
        if (truth.Body.Length > 0)
        {
            _bodies.Add(Words.Overlap(truth.Body, text));
            Count("first paragraph", Words.Key(text).Contains(FirstOf(truth.Body), StringComparison.Ordinal));
        }

        if (truth.FirstWords.Length > 0)
        {
            Count("first words", Words.Of(text).Contains(Words.Of(truth.FirstWords)[..Math.Min(40, Words.Of(truth.FirstWords).Length)], StringComparison.Ordinal));
        }

        var flat = Flat(text);
        truth.Wanted.ToList().ForEach(segment => Count("wanted", flat.Contains(Flat(segment), StringComparison.Ordinal)));
        truth.Unwanted.ToList().ForEach(segment => Count("unwanted", flat.Contains(Flat(segment), StringComparison.Ordinal)));
        AddFacts(truth, answer);
    }

    /// <summary>All figures that the set's truth allows.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        if (_bodies.Count > 0)
        {
            var (f1, precision, recall) = Mean(_bodies);
            line.Append(CultureInfo.InvariantCulture, $" body F1 {f1:F3} P {precision:F3} R {recall:F3} below .8: {_bodies.Count(b => F1(b) < Bad)} of {_bodies.Count}");
        }

        foreach (var (name, (right, all)) in _counts)
        {
            line.Append(CultureInfo.InvariantCulture, $" | {name} {right}/{all} = {(double)right / all:F3}");
        }

        return _authors.Count == 0 ? line.ToString() : line.Append(CultureInfo.InvariantCulture, $" | authors F1 {Mean(_authors).F1:F3} of {_authors.Count}").ToString();
    }

    private void AddFacts(PageTruth truth, PageAnswer answer)
    {
        if (truth.Title.Length > 0)
        {
            Count("title", Words.Of(truth.Title) == Words.Of(answer.Title));
        }

        if (truth.Published.Length > 0)
        {
            Count("day", IsSameDay(truth.Published, answer.Published));
        }

        if (truth.Authors.Count > 0)
        {
            var wanted = truth.Authors.Select(Words.Of).ToHashSet();
            var came = answer.Authors.Select(Words.Of).ToHashSet();
            var shared = (double)wanted.Intersect(came).Count();
            _authors.Add((came.Count == 0 ? double.NaN : shared / came.Count, shared / wanted.Count));
        }
    }

    private void Count(string name, bool right)
    {
        var (before, all) = _counts.GetValueOrDefault(name);
        _counts[name] = (before + (right ? 1 : 0), all + 1);
    }

    // NaN stands for a page that nothing was said of: it has no precision.
    private static (double F1, double Precision, double Recall) Mean(List<(double Precision, double Recall)> pages)
    {
        var precision = pages.Select(p => p.Precision).Where(p => !double.IsNaN(p)).DefaultIfEmpty().Average();
        var recall = pages.Average(p => p.Recall);
        return (F1((precision, recall)), precision, recall);
    }

    private static double F1((double Precision, double Recall) page) => page.Precision + page.Recall == 0 ? 0 : 2 * page.Precision * page.Recall / (page.Precision + page.Recall);

    private static string FirstOf(string body) =>
        Words.Key(body.Split('\n').First(line => line.Trim().Length > 0)) is var key ? key[..Math.Min(FirstLetters, key.Length)] : "";

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The same calendar day on the clock of either.
    private static bool IsSameDay(string wanted, string? came)
    {
        if (!DateTimeOffset.TryParse(wanted, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var truth) || !DateTimeOffset.TryParse(came, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var told))
        {
            return false;
        }

        var isBare = wanted.Length <= 19;
        return truth.Date == told.Date || (!isBare && (truth.UtcDateTime.Date == told.UtcDateTime.Date || truth.Date == told.ToOffset(truth.Offset).Date));
    }
}
