using System.Text;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Output;

/// <summary>Marks the hits in an article's text: in colour on a terminal, in double brackets elsewhere.</summary>
internal static class MarkedText
{
    public static string Of(Document document, IReadOnlyList<Hit> hits)
    {
        var text = new StringBuilder();
        foreach (var field in new[] { Field.Title, Field.Body })
        {
            text.Append(Of(document[field], [.. hits.Where(hit => hit.Field == field).OrderBy(hit => hit.Start)])).Append("\n\n");
        }

        return text.ToString().Trim() + "\n";
    }

    private static string Of(string text, List<Hit> hits)
    {
        var marked = new StringBuilder();
        var at = 0;
        foreach (var hit in hits.Where(hit => hit.Length > 0))
        {
            if (hit.Start < at)
            {
                continue; // inside a marked hit
            }

            marked.Append(TerminalText.Clean(text[at..hit.Start])).Append(Ink.Output.Hit(TerminalText.Clean(hit.Quote)));
            at = hit.Start + hit.Length;
        }

        return marked.Append(TerminalText.Clean(text[at..])).ToString();
    }
}
