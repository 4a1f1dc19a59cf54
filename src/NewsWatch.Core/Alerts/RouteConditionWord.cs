namespace NewsWatch.Core.Alerts;

/// <summary>A word of a condition: a name, a value (bare or in double quotes) or an operator.</summary>
internal sealed record RouteConditionWord(string Text, int Offset, int Length, bool Quoted)
{
    public bool IsAnd => !Quoted && Text.Equals("AND", StringComparison.OrdinalIgnoreCase);

    public RouteOperator? Operator => Quoted ? null : Text switch
    {
        "=" or "==" => RouteOperator.Is,
        "!=" => RouteOperator.IsNot,
        ">=" => RouteOperator.AtLeast,
        "<=" => RouteOperator.AtMost,
        "<" => RouteOperator.Below,
        _ => null,
    };

    public static List<RouteConditionWord> Split(string text)
    {
        var words = new List<RouteConditionWord>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var word = Next(text, at);
            words.Add(word);
            at = word.Offset + word.Length;
        }

        return words;
    }

    private static RouteConditionWord Next(string text, int at)
    {
        if (text[at] == '"')
        {
            var close = text.IndexOf('"', at + 1);
            var end = close < 0 ? text.Length : close;
            return new(text[(at + 1)..end], at, Math.Min(end + 1, text.Length) - at, Quoted: true);
        }

        var sign = IsSign(text[at]);
        var stop = at + 1;
        while (stop < text.Length && !char.IsWhiteSpace(text[stop]) && text[stop] != '"' && IsSign(text[stop]) == sign)
        {
            stop++;
        }

        return new(text[at..stop], at, stop - at, Quoted: false);
    }

    private static bool IsSign(char letter) => letter is '=' or '!' or '<' or '>' or '&' or '|';
}
