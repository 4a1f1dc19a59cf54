using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules.Words;

/// <summary>What a word finds in the languages of the world, and what it must not find.</summary>
public sealed class WordsOfLanguagesTests
{
    [Fact]
    public void A_word_finds_what_its_author_means_and_marks_what_stands_in_the_text() => AssertNone("found.txt", (row, found) => found != row[2]);

    [Fact]
    public void A_word_does_not_find_what_only_looks_like_it() => AssertNone("lookalikes.txt", (_, found) => found is not null);

    [Fact]
    public void The_look_alikes_are_many() => Assert.True(WordRows.Of("lookalikes.txt").Count() >= 300, $"{WordRows.Of("lookalikes.txt").Count()} rows");

    [Theory]
    [InlineData("sanctions", "")]
    [InlineData("sanction~", "sanction sanctions sanctioned sanctioning")]
    [InlineData("MP~", "mp mps")]
    public void A_word_tells_its_forms(string when, string english)
    {
        var found = FoundForms.Of(new Rule("one", Query.Parse(when, Vocabulary.Empty).Query!, null), Vocabulary.Empty).SelectMany(clause => clause.Forms).ToList();

        Assert.Equal(english, string.Join(' ', found.Where(form => form.Languages.Contains("English")).Select(form => form.Text)));
        Assert.All(found, form => Assert.Equal(form.Text, WordRows.Found(when, form.Text)));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("de", true, false)]
    [InlineData("es", false, true)]
    public void A_language_that_is_said_leaves_the_forms_of_others_out(string language, bool german, bool spanish)
    {
        var said = language.Length == 0 ? Languages.All : LanguagesOf.Tag(language);
        var vocabulary = new Vocabulary(new Dictionary<string, Entity>(), new Dictionary<string, TermList> { ["mines"] = new("mines", ["mina~", "Mine~"]) { Languages = said } });
        var set = RuleSet.Compile([new Rule("one", Query.Parse("#mines", vocabulary).Query!, null)], vocabulary);

        Assert.Equal((german, spanish), (Fires("Minen im Meer", "de"), Fires("minas en el mar", "es")));

        bool Fires(string title, string tag) => set.Match(new Document { Title = title, Body = "", Language = tag }).Count > 0;
    }

    [Fact]
    public void Forms_of_a_list_whose_language_is_said_are_of_that_language()
    {
        var vocabulary = new Vocabulary(new Dictionary<string, Entity>(), new Dictionary<string, TermList> { ["peace"] = new("peace", ["Abkommen~"]) { Languages = Languages.German } });

        var found = FoundForms.Of(new Rule("one", Query.Parse("#peace", vocabulary).Query!, null), vocabulary);

        Assert.Equal(["German"], Assert.Single(found).Languages);
    }

    private static void AssertNone(string file, Func<string[], string?, bool> isWrong)
    {
        var wrong = WordRows.Of(file).Select(row => (Row: row, Found: WordRows.Found(row[0], row[1]))).Where(one => isWrong(one.Row, one.Found)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(one => $"{string.Join(" | ", one.Row)}: {one.Found ?? "nothing"}")));
    }
}
