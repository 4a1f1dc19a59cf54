using System.Text.Json;
using System.Text.RegularExpressions;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

/// <summary>The catalogue that ships in deploy/entities.json.</summary>
public sealed class EntityCatalogueTests
{
    private static readonly string[] Types = ["person", "organisation", "place", "thing"];

    // English words and names that an alias must not find without its capitals.
    private static readonly string[] Ambiguous =
        ["us", "un", "who", "ice", "it", "may", "apple", "amazon", "meta", "turkey", "jordan", "sec", "eu", "uk", "intel", "chevron", "irak", "georgia", "graham", "johnson", "katz", "costa", "petro", "ftc"];

    private static readonly IReadOnlyList<Entity> Entities = Read();

    [Fact]
    public void Ids_and_types_are_well_formed_and_names_are_given()
    {
        Assert.True(Entities.Count >= 300, $"{Entities.Count} entities");
        Assert.Equal(Entities.Count, Entities.Select(e => e.Id).Distinct().Count());
        Assert.All(Entities, e => Assert.Matches(new Regex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), e.Id));
        Assert.All(Entities, e => Assert.Contains(e.Type, Types));
        Assert.All(Entities, e => Assert.NotEqual("", e.Name));
    }

    [Fact]
    public void Every_alias_is_a_term() =>
        Assert.Empty(Entities.SelectMany(Terms).SelectMany(t => Query.CheckTerm(t).Select(e => $"{t}: {e.Message}")));

    [Fact]
    public void No_two_entities_share_a_spelling()
    {
        var shared = Entities.SelectMany(e => Terms(e).SelectMany(Spellings).Distinct().Select(s => (e.Id, Spelling: s)))
            .GroupBy(s => s.Spelling).Where(g => g.Select(s => s.Id).Distinct().Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(s => s.Id))}");

        Assert.Empty(shared);
    }

    [Fact]
    public void Words_that_mean_something_else_in_small_letters_keep_their_case() =>
        Assert.DoesNotContain(Entities.SelectMany(Terms), t => Ambiguous.Contains(t.ToLowerInvariant()));

    [Theory]
    [InlineData("The U.S. and Russia talked; Mr. Zelenskiy did not come.", "russia us zelensky")]
    [InlineData("He told us that Turkey is a bird.", "turkey")]
    [InlineData("He told us to eat turkey.", "")]
    [InlineData("Путин и Зеленский встретятся в Киеве", "kyiv putin zelensky")]
    [InlineData("Olena Zelenska spoke in Kiew.", "kyiv")]
    [InlineData("习近平会见普京", "putin xi")]
    [InlineData("نتنياهو في واشنطن", "netanyahu washington")]
    public void Entities_are_found_in_a_sentence(string text, string ids)
    {
        var vocabulary = new Vocabulary(Entities.ToDictionary(e => e.Id), new Dictionary<string, TermList>());
        var set = RuleSet.Compile([.. Entities.Select(e => new Rule(e.Id, Query.Parse("@" + e.Id, vocabulary).Query!, null))], vocabulary);

        Assert.Equal(ids, string.Join(' ', set.Match(new Document { Title = "", Body = text }).Select(m => m.RuleId).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Terms(Entity entity) => [entity.Name, .. entity.Aliases];

    private static IEnumerable<string> Spellings(string term) =>
        TermReader.Read(term).Term.Sequences.Select(s => string.Join(' ', s.Select(w => $"{w.Folded}{(w.Kind == WordKind.Inflected ? "~" : "")}{w.Case}")));

    private static List<Entity> Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NewsWatch.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, "deploy", "entities.json")));
        return
        [
            .. json.RootElement.GetProperty("Entities").EnumerateObject().Select(e => new Entity(
                e.Name,
                e.Value.GetProperty("Name").GetString()!,
                e.Value.GetProperty("Type").GetString()!,
                [.. e.Value.GetProperty("Aliases").EnumerateArray().Select(a => a.GetString()!)])),
        ];
    }
}
