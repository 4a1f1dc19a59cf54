using System.Text;
using NewsWatch.Core.Rules;
using static NewsWatch.Messages.HtmlWriter;

namespace NewsWatch.Messages.Mail;

/// <summary>The part of a correction or withdrawal that says what changed: the sentence as it was and as it is, the changed words marked in both.</summary>
internal static class MailChanges
{
    /// <summary>Into the HTML part: words taken away are struck through, new ones underlined.</summary>
    public static void Write(HtmlWriter html, AlertView alert)
    {
        if (alert.Change is not { } change)
        {
            return;
        }

        html.Paragraph(Isolated(change.Statement), "changed");
        foreach (var item in change.Items)
        {
            html.Element("h2", Text(item.Heading));
            Sentence(html, "Was", "was", "del", item.Old, alert.Language);
            Sentence(html, item.Old is null ? "" : "Now", item.IsWithdrawal ? "was" : "now", "ins", item.New, alert.Language);
        }

        html.Paragraph($"You were told: {Isolated(change.Told)}", "small");
    }

    /// <summary>Into the text part: [-old-] and [+new+].</summary>
    public static void Write(WrappedText text, AlertView alert)
    {
        if (alert.Change is not { } change)
        {
            return;
        }

        text.Add(Bidi.Isolate(change.Statement)).Line();
        foreach (var item in change.Items)
        {
            text.Line(item.Heading.ToUpperInvariant());
            text.Add(item.Old is { } old ? $"Was: {Bidi.Isolate(Signed(old, "[-", "-]"))}" : "", "  ", "       ");
            text.Add(item.New is { } now ? $"{(item.Old is null ? "" : "Now: ")}{Bidi.Isolate(Signed(now, "[+", "+]"))}" : "", "  ", "       ").Line();
        }

        text.Add($"You were told: {Bidi.Isolate(change.Told)}").Line();
    }

    private static void Sentence(HtmlWriter html, string word, string style, string element, Excerpt? sentence, string language)
    {
        if (sentence is not null)
        {
            var lang = language.Length > 0 ? $" lang=\"{Text(language)}\"" : "";
            html.Element("blockquote", $"{(word.Length > 0 ? $"<i>{word}</i> " : "")}<span dir=\"auto\"{lang}>{Signed(sentence, $"<{element}>", $"</{element}>", Text)}</span>", $"class=\"{style}\"");
        }
    }

    private static string Signed(Excerpt sentence, string open, string close, Func<string, string>? encode = null)
    {
        var (text, at) = (new StringBuilder(), 0);
        foreach (var mark in sentence.Marks)
        {
            text.Append(Encoded(at, mark.Start)).Append(open).Append(Encoded(mark.Start, mark.Start + mark.Length)).Append(close);
            at = mark.Start + mark.Length;
        }

        return text.Append(Encoded(at, sentence.Text.Length)).ToString();

        string Encoded(int from, int to) => encode is null ? sentence.Text[from..to] : encode(sentence.Text[from..to]);
    }
}
