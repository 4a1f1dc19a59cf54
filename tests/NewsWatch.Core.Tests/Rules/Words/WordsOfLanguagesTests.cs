namespace NewsWatch.Core.Tests.Rules.Words;

/// <summary>What a word finds in the languages of the world, and what it must not find.</summary>
public sealed class WordsOfLanguagesTests
{
    [Fact]
    public void A_word_finds_what_its_author_means_and_marks_what_stands_in_the_text() =>
        Assert.Empty(WordRows.Of("found.txt").Select(row => (Row: row, Found: WordRows.Found(row[0], row[1]))).Where(one => one.Found != one.Row[2]).Select(one => $"{string.Join(" | ", one.Row)}: {one.Found ?? "nothing"}"));

    [Fact]
    public void A_word_does_not_find_what_only_looks_like_it() =>
        Assert.Empty(WordRows.Of("lookalikes.txt").Select(row => (Row: row, Found: WordRows.Found(row[0], row[1]))).Where(one => one.Found is not null).Select(one => $"{string.Join(" | ", one.Row)}: {one.Found}"));

    [Fact]
    public void The_look_alikes_are_many() => Assert.True(WordRows.Of("lookalikes.txt").Count() >= 60, $"{WordRows.Of("lookalikes.txt").Count()} rows");
}
