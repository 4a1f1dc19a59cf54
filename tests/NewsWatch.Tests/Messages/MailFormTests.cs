using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using MimeKit;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>What every mail keeps to, whatever it tells.</summary>
public sealed partial class MailFormTests
{
    private const int MaxBytes = 60_000;
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static TheoryData<string> Kinds => [.. Contents.Keys];

    private static Dictionary<string, MailContent> Contents { get; } = new()
    {
        ["single"] = Of(DeliveryWorld.Alert(1)),
        ["without a time, a link and an author"] = Of(DeliveryWorld.Alert(1) with { Article = DeliveryWorld.Alert(1).Article with { Published = null, Url = "javascript:x", Authors = [] }, OtherSources = [] }),
        ["arabic"] = Of(Titled("وقف إطلاق النار: مهلة حتى الجمعة", "ar")),
        ["chinese"] = Of(Titled(string.Concat(Enumerable.Repeat("停火谈判期限", 30)), "zh")),
        ["follow-up"] = Of(DeliveryWorld.Alert(1) with { Reason = AlertReason.Correction, Severity = Severity.Flash }),
        ["group"] = Of([.. Enumerable.Range(1, 12).Select(DeliveryWorld.Alert)]),
        ["digest of two rules"] = Of(DeliveryWorld.Alert(1), Routine(DeliveryWorld.Alert(2)), Routine(DeliveryWorld.Alert(3))),
        ["some in full, some in a line"] = Of([.. Enumerable.Range(1, 90).Select(DeliveryWorld.Alert)]),
        ["a second part"] = MailContent.Create(new("digest/anna/mail/x#2", "digest", "anna", "mail", 1, DeliveryWorld.Start, [DeliveryWorld.Alert(1), DeliveryWorld.Alert(2)], null), Berlin),
        ["many rules about one article"] = Of([.. Enumerable.Range(1, 80).Select(rule => DeliveryWorld.Alert(1) with { Rule = DeliveryWorld.Alert(1).Rule with { Id = $"rule-{rule}", Title = $"Rule number {rule}" } })]),
        ["many other sources"] = Of(DeliveryWorld.Alert(1) with { OtherSources = [.. Enumerable.Range(1, 60).Select(number => DeliveryWorld.Alert(1).OtherSources[0] with { Name = $"Wire {number}" })] }),
        ["a notice of many lines"] = MailContent.Create(new("n", "notice", "ops@example.com", "mail", 1, DeliveryWorld.Start, [], new("k", "Refused", string.Join('\n', Enumerable.Range(1, 400).Select(number => $"appsettings.json:{number}:7: there is no list with this name; write another one, or add it to Lists.")))), Berlin),
        ["notice"] = MailContent.Create(new("n", "notice", "ops@example.com", "mail", 1, DeliveryWorld.Start, [], new("k", "Source courier is stale", "No new item.\nSee: newswatch status")), Berlin),
    };

    [Fact]
    public void A_subject_with_its_Re_has_at_most_78_characters_whole_graphemes_and_begins_with_tag_and_headline() =>
        Gen.Select(AnyOf("", "URGENT", "FLASH"), Words, AnyOf("", "cease-fire", "停火谈判期限停火谈判期限停火谈判期限停火谈判期限"), Words).Sample((tag, headline, negated, source) =>
        {
            var subject = SubjectLine.Of(tag, headline, negated, source);
            Assert.InRange(("Re: " + subject).Length, 6, 78);
            Assert.StartsWith(SubjectLine.Tagged(tag, ""), subject, StringComparison.Ordinal);
            Assert.StartsWith(headline[..1], Isolates().Replace(subject[SubjectLine.Tagged(tag, "").Length..], ""), StringComparison.Ordinal);
            Assert.All(subject.EnumerateRunes(), rune => Assert.NotEqual(Rune.ReplacementChar, rune));
        });

    [Theory]
    [InlineData("URGENT", "Deadline stands until Friday", "", "[URGENT] Deadline stands until Friday (Courier)")]
    [InlineData("", "Deadline stands", "", "Deadline stands (Courier)")]
    [InlineData("FLASH", "No cease-fire before Friday", "cease-fire", "[FLASH] No cease-fire before Friday [NOT: cease-fire] (Courier)")]
    [InlineData("URGENT", "Deadline stands until Friday whatever the delegates of the north say of it", "", "[URGENT] Deadline stands until Friday whatever the delegates… (Courier)")]
    [InlineData("URGENT", "Deadline stands until Friday, there is no cease-fire and no talk of it", "cease-fire", "[URGENT] Deadline stands until Friday, there is no… [NOT: cease-fire]")]
    public void The_news_comes_first_and_the_source_goes_before_the_headline_has_less_than_50_characters(string tag, string headline, string negated, string subject) =>
        Assert.Equal(subject, SubjectLine.Of(tag, headline, negated, "Courier"));

    [Fact]
    public void A_second_part_of_a_long_thread_keeps_to_the_length_of_subjects()
    {
        var earlier = Enumerable.Range(1, 100).Select(number => new EarlierMail($"{number}@example.com", new string('x', SubjectLine.MaxLength))).ToList();

        Assert.EndsWith("… (part 2)", MailThread.From("new", "", earlier).Subject, StringComparison.Ordinal);
        Assert.InRange(MailThread.From("new", "", earlier).Subject.Length, 60, SubjectLine.MaxLength);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_parts_say_the_same_words_and_the_text_keeps_to_78_columns(string kind)
    {
        var mail = Contents[kind] with { UnsubscribeUrl = "https://news.example.com/u/x" };
        var (text, html) = (MailText.Render(mail), MailHtml.Render(mail));

        var (inText, inHtml) = (WordsOf(Urls().Replace(text, " ")), WordsOf(Seen(html)));
        Assert.Empty(inText.Except(inHtml));
        Assert.Empty(inHtml.Except(inText).Except(["read"])); // the button
        Assert.Equal(Urls().Matches(text).Select(url => url.Value).ToHashSet(), Hrefs().Matches(html).Select(href => WebUtility.HtmlDecode(href.Groups["url"].Value)).ToHashSet());
        Assert.All(text.Split('\n').Where(line => !line.Contains("://", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 78));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_parts_begin_with_the_same_source_time_and_news(string kind)
    {
        var mail = Contents[kind];
        var lead = SubjectLine.Shorten(mail.Lead, 90);
        var first = mail.Alerts.Count > 0 ? mail.Alerts[0] : null;

        Assert.Equal(Squeezed(Bidi.Isolate(lead)), Squeezed(MailText.Render(mail).Split("\n\n")[0]));
        Assert.StartsWith($"<div class=\"pre\">{HtmlWriter.Text(lead)}</div>", MailHtml.Render(mail).Split("<body>\n")[1], StringComparison.Ordinal);
        if (mail.Alerts.Count > 0)
        {
            Assert.StartsWith(mail.IsSingle ? $"{first!.RuleTitle}: " : $"{first!.Source}, {first.Clock}: ", lead, StringComparison.Ordinal);
            Assert.Contains($"{Bidi.Isolate(first.Source)}, {first.Clock}", lead, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_fact_comes_first_then_who_and_when_then_why_then_others_then_the_way_out()
    {
        var mail = Contents["single"] with { UnsubscribeUrl = "https://news.example.com/u/x" };
        string[] order =
        [
            "by the Friday deadline", "deadline", "Ada Sample", "Published", "20:41 Berlin (18:41 UTC)", "First seen",
            "Why you got this", "Cease-fire deadline", "list ceasefire", "in the headline, negated by “no”", "Rule query", "#ceasefire", "Also reported by", "Sample Wire", "Questions about the rule: risk-desk@example.com", "https://news.example.com/u/x",
        ];

        Assert.All([MailText.Render(mail), WebUtility.HtmlDecode(MailHtml.Render(mail)).Split("<h1")[1]], part =>
        {
            var at = 0;
            Assert.All(order, fact => at = part.IndexOf(fact, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found : throw new Xunit.Sdk.XunitException($"{fact} is not where it belongs in {part}"));
        });
    }

    [Theory]
    [InlineData(50, "Day {0} of the talks: cease-fire deadline stands, delegates say after a night of meetings", "Officials said the deadline set for Friday would not move, whatever the other side asks for.")]
    [InlineData(50, "День {0} переговорів: термін перемир’я лишається чинним, кажуть делегати після ночі зустрічей", "Посадовці сказали, що термін, визначений на п’ятницю, не змінять, хоч би чого просила інша сторона.")]
    [InlineData(50, "谈判第{0}天：停火期限不变，代表们在一夜会谈后表示将在星期五之前继续努力达成协议", "官员们说，无论对方提出什么要求，定于星期五的期限都不会改变，谈判将继续进行。")]
    public void A_mail_of_many_alerts_stays_below_60_KB_and_names_each_with_its_link(int count, string title, string sentence)
    {
        var alerts = Enumerable.Range(1, count).Select(number =>
        {
            var headline = string.Format(CultureInfo.InvariantCulture, title, number);
            var alert = DeliveryWorld.Alert(number);
            return alert with { Article = alert.Article with { Title = headline }, Excerpts = [new(Field.Title, headline, []), new(Field.Body, sentence, [])] };
        });
        var mail = Of([.. alerts]);

        Assert.InRange(Encoded(mail), 30_000, MaxBytes);
        Assert.InRange(mail.Alerts.Count, 2, MailList.MaxInFull);
        Assert.Equal(count, Hrefs().Matches(MailHtml.Render(mail)).Select(link => link.Value).Distinct().Count());
    }

    [Theory]
    [InlineData(3, 0, 3, "")]
    [InlineData(4, 4, 4, "All of them in full")]
    [InlineData(12, 12, 10, "The first 10 in full")]
    public void A_list_of_more_than_three_begins_with_its_contents_and_says_how_many_follow_in_full(int count, int contents, int full, string told)
    {
        var mail = Of([.. Enumerable.Range(1, count).Select(DeliveryWorld.Alert)]);

        Assert.Equal((contents, full, told), (mail.Contents.Count, mail.Alerts.Count, mail.InFull));
        Assert.Equal(1, MailText.Render(mail).Split("Times are Berlin").Length - 1);
        Assert.Equal(0, MailText.Render(mail).Split(" UTC)").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_loaded_and_nothing_runs(string kind) =>
        Assert.DoesNotMatch(@"(?i)\bsrc\s*=|url\(|@import|<(script|img|iframe|link|form|input|object|embed|svg|base)\b|\bon[a-z]+\s*=|javascript:", MailHtml.Render(Contents[kind]).Replace("(its link", "", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_language_one_h1_no_level_of_headings_left_out_and_one_column(string kind)
    {
        var html = MailHtml.Render(Contents[kind]);
        var levels = Headings().Matches(html).Select(heading => heading.Groups["level"].Value[0] - '0').ToList();

        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
        Assert.Contains("max-width: 600px", html, StringComparison.Ordinal);
        Assert.Contains("mark { background: #fff1a8; color: #1b1f24; font-weight: bold; text-decoration: underline; }", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_colour_has_a_contrast_of_4_5_on_what_it_stands_on(bool dark)
    {
        var sheet = new StyleSheet(MailStyle.Css, dark);
        var surfaces = new[] { ".page", ".why", "pre" };
        var pairs = sheet.Selectors.Where(selector => sheet[selector, "color"] is not null and not "inherit")
            .SelectMany(selector => (sheet[selector, "background"] is { } own ? [own] : surfaces.Select(surface => sheet[surface, "background"]!)).Select(on => (selector, Text: sheet[selector, "color"]!, On: on)))
            .ToList();

        Assert.True(pairs.Count > 12);
        Assert.All(pairs, pair => Assert.True(StyleSheet.Contrast(pair.Text, pair.On) >= 4.5, $"{pair.selector}: {pair.Text} on {pair.On}"));
    }

    [Fact]
    public void Words_from_outside_carry_their_language_and_direction_if_it_is_one()
    {
        Assert.Contains("<h1 dir=\"auto\" lang=\"ar\">", MailHtml.Render(Contents["arabic"]), StringComparison.Ordinal);
        Assert.Contains("<h1 dir=\"auto\"><a", MailHtml.Render(Of(Titled("x", "en\" onload=\"x"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Right_to_left_names_reorder_nothing_beside_them()
    {
        var text = MailText.Render(Contents["arabic"]);

        Assert.Equal(text.Count(letter => letter == '\u2068'), text.Count(letter => letter == '\u2069'));
        Assert.Contains("(⁨صحيفة العينة⁩)", Contents["arabic"].Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void At_most_90_words_are_quoted_however_long_the_article_is_and_however_many_rules_tell_of_it(int rules)
    {
        var html = MailHtml.Render(Of([.. Enumerable.Range(1, rules).Select(Quoting)]));

        var quoted = Quotes().Matches(html).Sum(quote => Tags().Replace(quote.Groups["words"].Value, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.InRange(quoted, 40, 90);
    }

    private static AlertContent Quoting(int number)
    {
        var day = 0;
        var document = new Document { Title = "Truce", Body = string.Concat(Enumerable.Repeat(0, 200).Select(_ => $"The truce of which delegates spoke in talk {number} holds until day {++day}, they said. ")) };
        var rule = SomeWatch.Rule("truce", "truce").Rule;
        var alert = DeliveryWorld.Alert(1);
        return alert with { Rule = alert.Rule with { Id = $"rule-{number}" }, Excerpts = Excerpts.Cut(document, RuleSet.Compile([rule], Vocabulary.Empty).Match(document).Single().Hits) };
    }

    private static Gen<string> Words { get; } = AnyOf("a", "cease-fire", "Перемир’я", "وقف إطلاق", "停火谈判期限停火谈判期限停火", "👨‍👩‍👧‍👦", "e\u0301e\u0301e\u0301", new string('x', 90))
        .Array[1, 12].Select(words => string.Join(' ', words));

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static MailContent Of(params AlertContent[] alerts) =>
        MailContent.Create(new("digest/anna/mail/x", "digest", "anna", "mail", 1, DeliveryWorld.Start, [.. alerts.Select(TextCleaner.Alert)], null), Berlin);

    private static AlertContent Titled(string title, string language)
    {
        var alert = DeliveryWorld.Alert(1);
        return alert with
        {
            Article = alert.Article with { Title = title, SourceName = language == "ar" ? "صحيفة العينة" : "Courier", Language = language },
            Excerpts = [new(Field.Title, title, [new(0, 1, true)]), new(Field.Body, title, [])],
            Hits = [new(Field.Title, 0, 1, title[..1], "#truce", title[..1], "no")],
        };
    }

    private static AlertContent Routine(AlertContent alert) => alert with { Severity = Severity.Routine, Rule = alert.Rule with { Id = "sanctions", Title = "Sanctions" } };

    /// <summary>Bytes of both parts in the encodings that the composer takes.</summary>
    private static long Encoded(MailContent mail) => new[] { MailText.Render(mail), MailHtml.Render(mail) }.Sum(text =>
    {
        using var part = new TextPart("plain");
        part.SetText(Encoding.UTF8, text);
        part.ContentTransferEncoding = part.GetBestEncoding(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        part.WriteTo(bytes);
        return bytes.Length;
    });

    private static string Seen(string html) => WebUtility.HtmlDecode(Tags().Replace(html.Split("</style>")[1], " "));

    private static string Squeezed(string text) => text.Replace('\n', ' ').Replace(" ", "", StringComparison.Ordinal);

    private static HashSet<string> WordsOf(string text) => NotWords().Split(Isolates().Replace(text, "")).Where(word => word.Length > 3 && word.Max() < '\u3000').Select(word => word.ToLowerInvariant()).ToHashSet();

    [GeneratedRegex("[\u2066-\u2069]", RegexOptions.None, 1000)]
    private static partial Regex Isolates();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Urls();

    [GeneratedRegex("href=\"(?<url>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hrefs();

    [GeneratedRegex("<h(?<level>[1-6])[ >]", RegexOptions.None, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex("<blockquote[^>]*>(?<words>.*?)</blockquote>", RegexOptions.None, 1000)]
    private static partial Regex Quotes();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}@.-]+", RegexOptions.None, 1000)]
    private static partial Regex NotWords();
}
