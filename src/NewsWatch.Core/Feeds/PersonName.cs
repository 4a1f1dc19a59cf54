using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>The name of who is given as "desk@example.com (Ann Onym)" (RSS 2.0) or "Ann Onym &lt;desk@example.com&gt;" (RFC 5322).</summary>
internal static partial class PersonName
{
    /// <summary>The name alone; the address where there is no name.</summary>
    public static string Of(string person)
    {
        if (!person.Contains('@', StringComparison.Ordinal))
        {
            return person;
        }

        var name = Address().Replace(person, " ").Trim([' ', '(', ')', '<', '>', '"', ',', ';', '-', '\'', '[', ']']);
        return name.Any(char.IsLetter) ? Blanks().Replace(name, " ") : person;
    }

    [GeneratedRegex(@"[(<\[]?\s*(mailto:)?[^\s()<>\[\]@]{1,100}@[^\s()<>\[\]@]{1,100}\s*[)>\]]?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Blanks();
}
