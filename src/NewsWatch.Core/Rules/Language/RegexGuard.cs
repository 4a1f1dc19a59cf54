using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsWatch.Core.Rules.Language;

/// <summary>
/// Refuses regular expressions that could be slow or that the linear engine cannot run: NonBacktracking alone is not enough, because counted repeats
/// multiply its automaton.
/// </summary>
internal static class RegexGuard
{
    /// <summary>The longest pattern, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>The longest time one run over one field of one article may take; there are at most two runs.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(25);

    private const int MaxRepeat = 50;
    private const int MaxProduct = 500;

    /// <summary>What is wrong with a pattern; nothing when it can be used.</summary>
    public static IEnumerable<string> Check(string pattern)
    {
        if (pattern.Length is 0 or > MaxLength)
        {
            yield return pattern.Length == 0 ? "the regular expression is empty." : $"the regular expression has {pattern.Length} characters; at most {MaxLength} are allowed.";
        }
        else if (FindRepeat(pattern) is { } repeat)
        {
            yield return repeat;
        }
        else if (Try(pattern) is { } problem)
        {
            yield return problem;
        }
    }

    /// <summary>The pattern, ready to run.</summary>
    public static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeLimit);

    private static string? Try(string pattern)
    {
        try
        {
            return Compile(pattern).IsMatch("") ? "the regular expression matches the empty text. Make a part of it required." : null;
        }
        catch (RegexParseException e)
        {
            return $"not a regular expression: {Describe(e)}";
        }
        catch (NotSupportedException)
        {
            return "look-ahead, look-behind, back references, atomic groups and conditions are not supported in regular expressions here. Use NEAR or EXCEPT beside a simpler one.";
        }
        catch (RegexMatchTimeoutException)
        {
            return "the regular expression is too slow.";
        }
    }

    private static string Describe(RegexParseException e) => e.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a ( is never closed. Add ).",
        RegexParseError.InsufficientOpeningParentheses => "a ) closes nothing. Write \\) for the sign itself.",
        RegexParseError.UnterminatedBracket => "a [ is never closed. Add ].",
        RegexParseError.QuantifierAfterNothing => string.Create(CultureInfo.InvariantCulture, $"there is nothing before the quantifier at character {e.Offset}. Write \\ before a sign that stands for itself."),
        _ => string.Create(CultureInfo.InvariantCulture, $"{e.Error} at character {e.Offset + 1}."),
    };

    // The largest product of counts nested in one another; a group's count applies to what its parentheses hold.
    private static string? FindRepeat(string pattern)
    {
        var inside = new Stack<int>();
        var largest = 1;
        var last = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    last = 1;
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    last = 1;
                    break;
                case '(':
                    inside.Push(largest);
                    largest = 1;
                    break;
                case ')':
                    last = largest;
                    largest = Math.Max(largest, inside.Count > 0 ? inside.Pop() : 1);
                    break;
                case '{' when Count(pattern, i) is { } count:
                    if (count > MaxRepeat || (long)last * count > MaxProduct)
                    {
                        return $"the repeat {pattern[i..(pattern.IndexOf('}', i) + 1)]} is too large: a count may be at most {MaxRepeat}, counts inside one another at most {MaxProduct} together.";
                    }

                    largest = Math.Max(largest, last *= count);
                    break;
                case '*' or '+' or '?':
                    break;
                default:
                    last = 1;
                    break;
            }
        }

        return null;
    }

    private static int EndOfClass(string pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == ']' && i > start + 1)
            {
                return i;
            }
        }

        return pattern.Length;
    }

    // The larger number of {n}, {n,} or {n,m}; null when it is no count.
    private static int? Count(string pattern, int open)
    {
        var close = pattern.IndexOf('}', open);
        if (close < 0)
        {
            return null;
        }

        var largest = -1;
        foreach (var part in pattern[(open + 1)..close].Split(','))
        {
            if (part.Length > 0)
            {
                if (!part.All(char.IsAsciiDigit))
                {
                    return null;
                }

                largest = Math.Max(largest, int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue / 1000);
            }
        }

        return largest < 0 ? null : largest;
    }
}
