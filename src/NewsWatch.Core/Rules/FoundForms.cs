using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>What a clause of a rule finds.</summary>
/// <param name="Clause">The clause as its author wrote it, e.g. <c>sanction~</c> or <c>@putin</c>.</param>
/// <param name="Forms">The forms, in the order in which their terms are written.</param>
public sealed record FoundForms(string Clause, IReadOnlyList<FoundForm> Forms)
{
    /// <summary>How many forms it finds; a phrase has as many as the word of it that has most.</summary>
    public int Count => Forms.Sum(form => form.Count);

    /// <summary>The languages of the forms, and the scripts that stand for one.</summary>
    public IReadOnlyList<string> Languages => [.. Forms.SelectMany(form => form.Languages).Distinct()];

    /// <summary>What each clause of a rule finds beside the word that it is; clauses that find no other word are left out.</summary>
    public static IReadOnlyList<FoundForms> Of(Rule rule, Vocabulary vocabulary) => Of([rule], vocabulary)[rule.Id];

    /// <summary>As the other, by rule id; what several rules name is looked up once.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<FoundForms>> Of(IReadOnlyCollection<Rule> rules, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var found = rules.SelectMany(QueryTraversal.All).Distinct().ToDictionary(leaf => leaf, leaf => new FoundForms(leaf.ToString(), [.. vocabulary.TermsOf(leaf).SelectMany(FormsOf).DistinctBy(form => form.Text)]));
        return rules.ToDictionary(rule => rule.Id, rule => (IReadOnlyList<FoundForms>)[.. QueryTraversal.All(rule).Distinct().Select(leaf => found[leaf]).Where(one => one.Count > 1)]);
    }

    private static IEnumerable<FoundForm> FormsOf(TermSource source)
    {
        var read = TermReader.Read(source);
        return read.Errors.Count > 0 ? [] : read.Term.Sequences.SelectMany(sequence => FormsOf(sequence, source.Languages));
    }

    // Forms of one word stand by themselves; in a phrase each word shows its forms in braces.
    private static IEnumerable<FoundForm> FormsOf(TermWord[] sequence, Languages said)
    {
        if (sequence is [var word])
        {
            return word.Forms().Count == 0 ? [new FoundForm(Written(word, word.Folded), 1, LanguagesOf(word.Folded, said))]
                : word.Forms().Select(form => new FoundForm(Written(word, form.Folded), 1, LanguagesOf(form.Folded, form.Languages & said)));
        }

        var parts = sequence.Select(part => part.Forms().Count > 1 ? $"{{{string.Join('|', part.Forms().Select(form => Written(part, form.Folded)))}}}" : Written(part, part.Folded));
        var count = sequence.Max(part => Math.Max(1, part.Forms().Count));
        return [new FoundForm(string.Join(' ', parts), count, LanguagesOf(sequence[0].Folded, said))];
    }

    private static string Written(TermWord word, string form) =>
        $"{word.Before}{(word.Kind is WordKind.Tail or WordKind.InflectedTail ? "*" : "")}{(word.WrittenOut.Length > 0 ? word.WrittenOut + " (with umlaut)" : form)}{word.Behind}";

    private static IReadOnlyList<string> LanguagesOf(string folded, Languages languages) =>
        Terms.Forms.WrittenBy(folded) is not Text.Languages.None and var written
            ? languages == Text.Languages.All && written == Text.Languages.Latin ? ["English"] : [.. Text.LanguagesOf.Names(languages & written)]
            : [Scripts.Name(folded[0])];
}

/// <summary>A form that a clause finds.</summary>
/// <param name="Text">The folded form; in a phrase, each word's forms in braces.</param>
/// <param name="Count">The number of forms behind the text.</param>
/// <param name="Languages">In articles of which languages it counts.</param>
public sealed record FoundForm(string Text, int Count, IReadOnlyList<string> Languages);
