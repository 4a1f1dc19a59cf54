using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Output;

/// <summary>A cell of a table: its text and its colour.</summary>
internal readonly record struct Cell(string Text, Func<string, string>? Paint = null)
{
    public static implicit operator Cell(string text) => new(text);

    public string Painted(string text) => Paint?.Invoke(text) ?? text;
}

/// <summary>Prints rows in columns. No cell wraps; the last one is cut at the terminal's width.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    /// <summary>Returns a line for each row, the heads first.</summary>
    /// <param name="heads">The names of the columns.</param>
    /// <param name="rows">The cells; as many as there are heads.</param>
    /// <param name="width">Of the terminal, in characters; null for files and pipes, where nothing is cut.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> heads, IReadOnlyList<Cell[]> rows, int? width)
    {
        var clean = rows.Select(row => row.Select(cell => cell with { Text = TerminalText.Line(cell.Text) }).ToArray()).ToList();
        var widths = heads.Select((head, column) => clean.Select(row => row[column].Text.Length).Append(head.Length).Max()).ToArray();
        return clean.Prepend([.. heads.Select(head => new Cell(head))]).Select(row => Line(row, widths, width));
    }

    /// <summary>Cuts a text at the terminal's width.</summary>
    public static string Cut(string text, int? width) => width is { } most && text.Length > most ? most < 2 ? "" : text[..(most - 1)] + "…" : text;

    private static string Line(Cell[] row, int[] widths, int? width)
    {
        var line = string.Concat(row.SkipLast(1).Select((cell, column) => cell.Painted(cell.Text) + new string(' ', widths[column] - cell.Text.Length) + Gap));
        var used = widths.SkipLast(1).Sum() + (Gap.Length * (row.Length - 1));
        var last = row[^1];
        return (line + last.Painted(Cut(last.Text, width - used))).TrimEnd();
    }
}
