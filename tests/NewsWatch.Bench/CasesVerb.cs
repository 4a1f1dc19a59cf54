using System.Text.Json;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Bench;

/// <summary>Runs the rule language's example file: each row a rule, a text and what must be found.</summary>
internal static class CasesVerb
{
    public static async Task<int> Run(string[] args)
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(args[0]));
        var failed = 0;
        var passed = 0;
        var stretch = 0;
        foreach (var row in file.RootElement.EnumerateArray())
        {
            var problem = Check(row);
            var level = Text(row, "level");
            if (problem is null)
            {
                passed++;
                continue;
            }

            Console.WriteLine($"{Text(row, "id"),-16} {level,-9} {problem}");
            failed += level == "stretch" ? 0 : 1;
            stretch += level == "stretch" ? 1 : 0;
        }

        Console.WriteLine($"{passed} rows pass, {failed} core or extended rows fail, {stretch} stretch rows differ");
        return failed == 0 ? 0 : 1;
    }

    private static string? Check(JsonElement row)
    {
        var parsed = Query.Parse(Text(row, "rule"), Vocabulary.Empty);
        var expected = row.GetProperty("expected");
        if (expected.ValueKind == JsonValueKind.String)
        {
            return parsed.Query is null ? null : $"must be refused, was read as {parsed.Query}";
        }

        if (parsed.Query is null)
        {
            return $"refused: {string.Join("; ", parsed.Errors.Select(e => e.Message))}";
        }

        var document = new Document { Title = Text(row, "title"), Body = Text(row, "text"), Language = Text(row, "lang"), Host = Text(row, "source") };
        var matches = RuleSet.Compile([new Rule("case", parsed.Query, null)], Vocabulary.Empty).Match(document);
        return Compare(row, expected.GetBoolean(), matches.Count == 0 ? null : matches[0].Hits);
    }

    private static string? Compare(JsonElement row, bool expected, IReadOnlyList<Hit>? hits)
    {
        if (expected != hits is not null)
        {
            return expected ? "must match" : $"must not match, found {Quote(hits!.Select(h => h.Quote))}";
        }

        if (hits is null)
        {
            return null;
        }

        var wanted = row.TryGetProperty("hits", out var list) ? list.EnumerateArray().Select(h => h.GetString()!).ToList() : null;
        if (wanted is not null && !wanted.SequenceEqual(hits.Select(h => h.Quote)))
        {
            return $"must find {Quote(wanted)}, found {Quote(hits.Select(h => h.Quote))}";
        }

        var negated = row.TryGetProperty("flags", out var flags) ? flags.GetProperty("negated").GetBoolean() : (bool?)null;
        return negated is { } flag && hits[0].Negated != flag ? $"negated must be {flag}, cue was {hits[0].NegationCue ?? "none"}" : null;
    }

    private static string Quote(IEnumerable<string> texts) => string.Join(", ", texts.Select(t => $"\"{t}\""));

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
