using NewsWatch.Core.Changes;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Changes;

public sealed class ArticleDiffTests
{
    private const string Title = "Harbour of Port Elmo closes";
    private const string Lead = "The harbour of Port Elmo closes on Friday after 14 ships were damaged, said Mayor Greta Holm.";
    private const string Rest = "Fishermen asked for help from the county council. A storm had passed over the bay in the night.";
    private static readonly TextVersion Known = new(Title, $"{Lead}\n{Rest}");

    /// <summary>Language, sentence, later sentence, class.</summary>
    public static TheoryData<string, string, string, ChangeClass> Sentences => new()
    {
        { "en", "The mill has 40 looms.", "The mill has 44 looms.", ChangeClass.Number },
        { "en", "Some 14 were killed and 36 wounded.", "Some 36 were killed and 14 wounded.", ChangeClass.Number },
        { "en", "The mill has two million bricks.", "The mill has 2,000,000 bricks.", ChangeClass.Style },
        { "en", "The talks end on Friday.", "The talks end on Monday.", ChangeClass.Date },
        { "en", "The talks end on August 3.", "The talks end on August 13.", ChangeClass.Date },
        { "en", "The talks end in Feb. this year.", "The talks end in February this year.", ChangeClass.Style },
        { "en", "The council has not agreed to the plan.", "The council has agreed to the plan.", ChangeClass.Negation },
        { "en", "The council hasn’t agreed to the plan.", "The council has not agreed to the plan.", ChangeClass.Style },
        { "en", "The court acquitted the baker of arson.", "The court convicted the baker of arson.", ChangeClass.Negation },
        { "en", "The mill belongs to Harrow Lines.", "The mill belongs to Barrow Lines.", ChangeClass.Name },
        { "en", "The coast guard saw the mill burn.", "The Coast Guard saw the mill burn.", ChangeClass.Style },
        { "en", "The mill belongs to the county.", "The mill bleongs to the county.", ChangeClass.Style },
        { "en", "“We shall rebuild the mill soon,” she said.", "“We shall rebuild the mill quickly,” she said.", ChangeClass.Quote },
        { "de", "Die Mühle hat 40 Webstühle.", "Die Mühle hat 44 Webstühle.", ChangeClass.Number },
        { "de", "Die Mühle schließt am Freitag.", "Die Mühle schließt am Montag.", ChangeClass.Date },
        { "de", "Der Rat hat dem Plan nicht zugestimmt.", "Der Rat hat dem Plan zugestimmt.", ChangeClass.Negation },
        { "de", "Das sagte der Müller Jonas Achtern.", "Das sagte der Müller Jonas Ahlern.", ChangeClass.Name },
        { "de", "Der Besitzer der Mühle ist verreist.", "Der Eigentümer der Mühle ist verreist.", ChangeClass.Style },
        { "fr", "Le moulin compte deux étages.", "Le moulin compte trois étages.", ChangeClass.Number },
        { "fr", "Le conseil n’a pas confirmé le projet.", "Le conseil a confirmé le projet.", ChangeClass.Negation },
        { "fr", "Le moulin ferme jeudi soir.", "Le moulin ferme lundi soir.", ChangeClass.Date },
        { "es", "El molino tiene 12.400 ladrillos.", "El molino tiene 21.400 ladrillos.", ChangeClass.Number },
        { "es", "El consejo no prevé más obras.", "El consejo prevé más obras.", ChangeClass.Negation },
        { "es", "El molino cierra el lunes.", "El molino cierra el jueves.", ChangeClass.Date },
        { "ru", "Мельница закроется до пятницы.", "Мельница закроется до воскресенья.", ChangeClass.Date },
        { "ru", "Совет не подтвердил этот план.", "Совет подтвердил этот план.", ChangeClass.Negation },
        { "ru", "Об этом сообщил мельник Олег Дорин.", "Об этом сообщил мельник Олег Дорнин.", ChangeClass.Name },
        { "ru", "Мельник встретил Олега Дорина.", "Мельника встретил Олег Дорин.", ChangeClass.Style },
        { "uk", "Млин зачинять до четверга.", "Млин зачинять до вівторка.", ChangeClass.Date },
        { "uk", "Рада не схвалила цей план.", "Рада схвалила цей план.", ChangeClass.Negation },
        { "uk", "У млині працює п’ять людей.", "У млині працює шість людей.", ChangeClass.Number },
        { "ar", "قال المجلس إن 14 سفينة تضررت.", "قال المجلس إن 41 سفينة تضررت.", ChangeClass.Number },
        { "ar", "يغلق الميناء يوم الجمعة.", "يغلق الميناء يوم الأحد.", ChangeClass.Date },
        { "ar", "لم يوافق المجلس على الخطة.", "يوافق المجلس على الخطة.", ChangeClass.Negation },
        { "zh", "港口有14艘船受损。", "港口有41艘船受损。", ChangeClass.Number },
        { "zh", "会议在8月5日举行。", "会议在8月6日举行。", ChangeClass.Date },
        { "zh", "议会没有同意这个计划。", "议会同意这个计划。", ChangeClass.Negation },
    };

    /// <summary>Notes under a text.</summary>
    public static TheoryData<string, ChangeClass> Notes => new()
    {
        { "Correction: The mayor is Greta Holm.", ChangeClass.Correction },
        { "An earlier version of this article gave the wrong number.", ChangeClass.Correction },
        { "Korrektur: Die Zahl der Schiffe war falsch.", ChangeClass.Correction },
        { "Rectificatif : le nombre était faux.", ChangeClass.Correction },
        { "Fe de errores: el número era falso.", ChangeClass.Correction },
        { "Исправление: число было неверно.", ChangeClass.Correction },
        { "Виправлено: число було хибне.", ChangeClass.Correction },
        { "تصحيح: كان العدد خطأ.", ChangeClass.Correction },
        { "更正：数字有误。", ChangeClass.Correction },
        { "Updated 14:32", ChangeClass.None },
        { "Share this story", ChangeClass.None },
        { "Comments (14)", ChangeClass.None },
        { "Photo: Port Elmo Gazette", ChangeClass.None },
        { "Vor 3 Minuten", ChangeClass.None },
        { "Subscribe to read every article for one crown.", ChangeClass.None },
        { "16:40 A second pier has broken.", ChangeClass.Live },
        { "A second pier broke in the morning.", ChangeClass.FactAdded },
    };

    /// <summary>What stands in place of a withdrawn text.</summary>
    public static TheoryData<string> Withdrawals =>
    [
        "WITHDRAWN: The story about the harbour is withdrawn.", "This article has been removed.", "Dieser Artikel wurde zurückgezogen.", "Cet article a été supprimé.",
        "Este artículo ha sido retirado.", "Материал удалён по решению редакции.", "Цей матеріал було видалено.", "تم سحب هذا الخبر.", "本文已被撤回。",
    ];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_that_changed_has_its_class_in_every_language(string language, string before, string after, ChangeClass expected)
    {
        var changes = Compare(Known with { Text = $"{Lead}\n{before}" }, Known with { Text = $"{Lead}\n{after}" }, language: language);

        Assert.Equal(expected, changes.Class);
        Assert.False(changes.IsTold);
    }

    [Theory]
    [MemberData(nameof(Notes))]
    public void A_paragraph_that_was_added_has_its_class(string note, ChangeClass expected)
    {
        var changes = Compare(Known, Known with { Text = $"{Known.Text}\n{note}" });

        Assert.Equal((expected, expected == ChangeClass.Correction), (changes.Class, changes.IsTold));
    }

    [Theory]
    [MemberData(nameof(Withdrawals))]
    public void A_notice_in_place_of_the_text_withdraws_it(string notice)
    {
        var changes = Compare(Known, Known with { Text = notice });

        Assert.Equal((ChangeClass.Withdrawn, true), (changes.Class, changes.IsTold));
        Assert.Equal(notice, changes.Changes.Single().New!.Text);
    }

    [Theory]
    [InlineData("Subscribe to read the full article.")]
    [InlineData("Wir verwenden Cookies und brauchen Ihre Zustimmung.")]
    [InlineData("Hier geht es mit dem großen Angebot weiter.")]
    public void A_text_that_ends_at_a_wall_is_no_version(string wall)
    {
        var changes = Compare(Known with { Text = $"{Lead}\n{Rest}\n{Rest.Replace("bay", "town", StringComparison.Ordinal)}" }, Known with { Text = $"{Lead}\n{wall}" });

        Assert.False(changes.IsVersion);
        Assert.False(changes.IsTold);
    }

    [Fact]
    public void Another_text_at_the_address_is_no_version() =>
        Assert.False(Compare(Known, new("Something went wrong", "Try again in a moment, or go to our front page.")).IsVersion);

    [Fact]
    public void A_change_of_the_sentence_that_was_told_is_told_with_its_words_marked()
    {
        var changes = Compare(Known, Known with { Text = Known.Text.Replace("14 ships", "41 ships", StringComparison.Ordinal) }, quoted: Lead);

        var change = Assert.Single(changes.Changes);
        Assert.Equal((ChangeClass.Number, true), (change.Class, change.IsTold));
        Assert.Equal((Lead, "14"), (change.Old!.Text, Marked(change.Old)));
        Assert.Equal("41", Marked(change.New!));
    }

    [Fact]
    public void A_short_sentence_behind_the_told_one_is_read_with_it()
    {
        const string Told = "The harbour closes on Friday.";
        const string Behind = "Nobody was hurt.";
        TextVersion before = new(Title, $"{Told} {Behind}\n{Rest}");

        Assert.True(Compare(before, before with { Text = before.Text.Replace(Behind, "Somebody was hurt.", StringComparison.Ordinal) }, quoted: Told).IsTold);
        Assert.False(Compare(before, before with { Text = before.Text.Replace("county", "Kesten", StringComparison.Ordinal) }, quoted: Told).IsTold);
    }

    [Fact]
    public void The_headline_counts_as_told_unless_it_says_the_same()
    {
        Assert.Equal((ChangeClass.Negation, true), Told(Compare(Known, Known with { Title = "Harbour of Port Elmo opens" })));
        Assert.Equal((ChangeClass.Headline, false), Told(Compare(Known, Known with { Title = "Port Elmo shuts down its harbour" })));
        Assert.Equal((ChangeClass.Style, false), Told(Compare(Known, Known with { Title = "Harbour Of Port Elmo Closes" })));
    }

    [Fact]
    public void A_paragraph_with_a_term_of_the_alert_is_told()
    {
        Assert.True(Compare(Known, Known with { Text = $"{Known.Text}\nThe ships lie in the second basin." }).IsTold);
        Assert.False(Compare(Known, Known with { Text = $"{Known.Text}\nThe friendships are old." }).IsTold);
    }

    [Fact]
    public void A_told_sentence_that_is_taken_away_is_told()
    {
        var changes = Compare(Known, Known with { Text = Rest }, quoted: Lead);

        Assert.Equal((ChangeClass.FactRemoved, true), Told(changes));
        Assert.Null(changes.Changes.Single().New);
    }

    [Fact]
    public void Paragraphs_that_moved_are_no_change() =>
        Assert.Equal(ArticleChanges.None, Compare(Known, Known with { Text = $"{Rest}\n{Lead}" }, quoted: Lead));

    [Theory]
    [InlineData(410, 1, 0, PageAbsence.Gone)]
    [InlineData(404, 3, 120, PageAbsence.Gone)]
    [InlineData(404, 3, 60, PageAbsence.Missing)]
    [InlineData(404, 2, 600, PageAbsence.Missing)]
    [InlineData(200, 1, 0, PageAbsence.Present)]
    public void A_page_is_gone_after_three_looks_in_two_hours(int status, int looks, int minutes, PageAbsence expected) =>
        Assert.Equal(expected, PageAbsences.Of(status, looks, TimeSpan.FromMinutes(minutes)));

    private static ArticleChanges Compare(TextVersion before, TextVersion after, string? quoted = null, string language = "en")
    {
        IReadOnlyList<TextSpan> spans = quoted is null ? [] : [new(Field.Body, before.Text.IndexOf(quoted, StringComparison.Ordinal), quoted.Length)];
        return ArticleDiff.Between(before, after, new(spans, ["ships"]), language);
    }

    private static (ChangeClass Class, bool IsTold) Told(ArticleChanges changes) => (changes.Class, changes.IsTold);

    private static string Marked(MarkedSentence sentence) => string.Join('|', sentence.Marks.Select(mark => sentence.Text.Substring(mark.Start, mark.Length)));
}
