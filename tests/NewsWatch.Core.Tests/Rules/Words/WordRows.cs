using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules.Words;

/// <summary>Rows of "rule | text" (and perhaps "| what is marked") in text files beside the tests, and what a rule finds in a text.</summary>
internal static class WordRows
{
    /// <summary>The rows of a file, cut at their bars.</summary>
    public static IEnumerable<string[]> Of(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Rules", "Words", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    /// <summary>What a rule marks in a headline, joined; null when it does not fire. <c>@[name, alias]</c> is a person.</summary>
    public static string? Found(string rule, string text, string language = "")
    {
        var vocabulary = Vocabulary.Empty;
        if (rule.StartsWith("@[", StringComparison.Ordinal))
        {
            var names = rule[2..^1].Split(',', StringSplitOptions.TrimEntries);
            vocabulary = new Vocabulary(new Dictionary<string, Entity> { ["one"] = new("one", names[0], "person", names[1..]) }, new Dictionary<string, TermList>());
            rule = "@one";
        }

        var (query, errors) = Query.Parse(rule, vocabulary);
        Assert.True(query is not null, $"{rule}: {string.Join(' ', errors.Select(error => error.Message))}");
        var match = RuleSet.Compile([new Rule("one", query, null)], vocabulary).Match(new Document { Title = text, Body = "", Language = language });
        return match.Count == 0 ? null : string.Join("; ", match[0].Hits.Select(hit => hit.Quote));
    }
}
