using CsCheck;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>Words of Arabic and Hebrew stand where they belong: in queries, whose operators run from left to right, and on lines that are broken.</summary>
public sealed class RightToLeftTests
{
    private static readonly string[] Pieces = ["غزة", "NATO", "הפסקת", "(", "7", "“⁨غزة NATO⁩”"];

    [Theory]
    [InlineData("\"غزة\" AND hostage", "\"⁨غزة⁩\" AND hostage")]
    [InlineData("\"وقف إطلاق النار\" OR {هدنة|הפסקת אש}~", "\"⁨وقف إطلاق النار⁩\" OR {⁨هدنة⁩|⁨הפסקת אש⁩}~")]
    [InlineData("غزة NEAR/40 \"7 أيام\"", "⁨غزة⁩ NEAR/40 \"7 ⁨أيام⁩\"")]
    [InlineData("truce AND @castor", "truce AND @castor")]
    public void The_words_of_a_query_are_isolated_and_its_operators_are_not(string query, string expected) => Assert.Equal(expected, Bidi.IsolateWords(query));

    [Fact]
    public void A_mail_shows_the_words_of_a_query_and_each_name_apart()
    {
        var mail = Told("\"غزة\" AND <hostage>");

        Assert.Contains("Rule query: <code>&quot;<bdi>غزة</bdi>&quot; AND &lt;hostage&gt;</code>", MailHtml.Render(mail), StringComparison.Ordinal);
        Assert.Contains("Rule query: \"⁨غزة⁩\" AND <hostage>", MailText.Render(mail), StringComparison.Ordinal);
        Assert.Equal("⁨غزة⁩ “⁨وغزة⁩”", Assert.Single(mail.Alerts[0].Rules[0].Clauses).Short);
    }

    [Fact]
    public void A_line_that_is_broken_goes_on_in_the_direction_of_its_text()
    {
        var arabic = new WrappedText().Add(Bidi.Isolate(string.Join(' ', Enumerable.Repeat("هدنة NATO", 12)))).ToString().TrimEnd('\n').Split('\n');
        var english = new WrappedText().Add(Bidi.Isolate(string.Join(' ', Enumerable.Repeat("NATO هدنة", 12))), "  ").ToString().TrimEnd('\n').Split('\n');

        Assert.All(arabic[1..], line => Assert.StartsWith("\u2067", line, StringComparison.Ordinal));
        Assert.All(english[1..], line => Assert.StartsWith("  \u2066", line, StringComparison.Ordinal));
        Assert.All([.. arabic, .. english], line => Assert.EndsWith("\u2069", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_line_closes_what_it_opens_and_holds_78_columns() =>
        Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[1, 60].Select(words => string.Join(' ', words)).Sample(text =>
        {
            foreach (var line in new WrappedText().Add(Bidi.Isolate(text), "  ").Add(Bidi.IsolateWords(text)).ToString().Split('\n'))
            {
                Assert.Equal("", Bidi.OpenAfter(line));
                Assert.Equal(line.Count(letter => letter is '\u2066' or '\u2067' or '\u2068'), line.Count(letter => letter == '\u2069'));
                Assert.InRange(line.Count(letter => letter is < '\u2066' or > '\u2069'), 0, 78);
            }
        });

    private static MailContent Told(string query)
    {
        var alert = DeliveryWorld.Alert(1);
        alert = alert with { Rule = alert.Rule with { When = query }, Hits = [alert.Hits[0] with { Clause = "\"غزة\"", Quote = "وغزة" }] };
        return MailContent.Create(new("alert/1", "alert", "anna", "mail", 1, DeliveryWorld.Start, [alert], null), TimeZoneInfo.Utc);
    }
}
