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

    private static void AssertNone(string file, Func<string[], string?, bool> isWrong)
    {
        var wrong = WordRows.Of(file).Select(row => (Row: row, Found: WordRows.Found(row[0], row[1]))).Where(one => isWrong(one.Row, one.Found)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(one => $"{string.Join(" | ", one.Row)}: {one.Found ?? "nothing"}")));
    }
}
