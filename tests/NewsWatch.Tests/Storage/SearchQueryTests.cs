using NewsWatch.Storage.Archive;

namespace NewsWatch.Tests.Storage;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("Zelenskyy talks", "\"zelenskyy\" AND \"talks\"")]
    [InlineData("\"cease fire\" nego*", "\"cease fire\" AND \"nego\" *")]
    [InlineData("NEAR(a b) OR title:x", "\"near a\" AND \"b\" AND \"or\" AND \"title x\"")]
    [InlineData("\"never closed", "\"never closed\"")]
    [InlineData("...", null)]
    public void Words_phrases_and_beginnings_become_an_expression_and_nothing_else_does(string query, string? expression) => Assert.Equal(expression, SearchQuery.Parse(query));

    [Theory]
    [InlineData("", "There is no word to search for.")]
    [InlineData("\"...\" !", "There is no word to search for.")]
    [InlineData("truce a*", "a*: a beginning has at least 2 letters.")]
    [InlineData("truce \"north a*\"", "north a*: a beginning has at least 2 letters.")]
    [InlineData("п*", "п*: a beginning has at least 2 letters.")]
    [InlineData("par*is", "par*is: * stands for the rest of a word")]
    [InlineData("*fire", "*fire: * stands for the rest of a word")]
    public void What_cannot_be_searched_for_is_said_with_the_fix(string query, string problem) => Assert.StartsWith(problem, SearchQuery.Problem(query), StringComparison.Ordinal);

    [Fact]
    public void A_query_of_very_many_words_is_refused() => Assert.StartsWith("51 words are too many", SearchQuery.Problem(string.Join(' ', Enumerable.Repeat("truce", 51))), StringComparison.Ordinal);

    [Theory]
    [InlineData("truce")]
    [InlineData("\"cease fire\" nego* says")]
    [InlineData("cea*")]
    [InlineData("停*")]
    public void What_can_be_searched_for_has_no_problem(string query) => Assert.Null(SearchQuery.Problem(query));
}
