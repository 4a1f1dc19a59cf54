using System.Text.Json;
using System.Text.RegularExpressions;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Tests.Rules.Words;
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

    // The usual cases by the ending of the name, Russian and Ukrainian; names that end otherwise have none.
    private static readonly (string Ending, string Russian, string Ukrainian)[] Cases =
    [
        ("ский", "ского скому ским ском", ""), ("цкий", "цкого цкому цким цком", ""), ("ський", "", "ського ському ським"), ("цький", "", "цького цькому цьким"),
        ("ный", "ного ному ным ном", ""), ("ная", "ной ную", ""), ("ская", "ской скую", ""), ("ый", "ого ому ым ом", ""),
        ("ия", "ии ию ией", ""), ("ія", "", "ії ію ією"), ("ья", "ьи ье ью ьей", ""), ("ея", "еи ее ею еей", ""), ("я", "и е ю ей", "і ю ею"),
        ("ка", "ки ке ку кой", "ки ці ку кою"), ("га", "ги ге гу гой", "ги зі гу гою"), ("ха", "хи хе ху хой", "хи сі ху хою"), ("ча", "чи че чу чей", "чі чу чею"),
        ("ша", "ши ше шу шей", "ші шу шею"), ("а", "ы е у ой", "и і у ою"), ("ай", "ая аю аем ае", "аю аєм аї"), ("ль", "ля лю лем ле", "ля лю лем лі"),
        ("б", "ба бу бом бе", "ба бу бом бі"), ("в", "ва ву вом ве", "ва ву вом ві"), ("д", "да ду дом де", "да ду дом ді"), ("к", "ка ку ком ке", "ка ку ком"),
        ("м", "ма му мом ме", "ма му мом мі"), ("н", "на ну ном не", "на ну ном ні"), ("п", "па пу пом пе", "па пу пом пі"), ("р", "ра ру ром ре", "ра ру ром рі"),
        ("с", "са су сом се", "са су сом сі"), ("т", "та ту том те", "та ту том ті"), ("ш", "ша шу шем ше", "ша шу шем ші"),
    ];

    [Fact]
    public void Cyrillic_names_are_found_in_their_cases() =>
        Assert.Equal("", Missed(entity => entity.Aliases.Where(IsCyrillicName).SelectMany(InCases)));

    [Fact]
    public void Fifty_two_names_are_found_in_the_six_cases_of_a_Russian_grammar()
    {
        var rows = WordRows.Of("russian-cases.txt").ToList();
        var vocabulary = new Vocabulary(Entities.ToDictionary(e => e.Id), new Dictionary<string, TermList>());
        var set = RuleSet.Compile([.. rows.Select(row => new Rule(row[0], Query.Parse("@" + row[0], vocabulary).Query!, null))], vocabulary);

        var forms = rows.SelectMany(row => row[1..].Select(form => (Id: row[0], Form: form))).ToList();
        var missed = forms.Where(one => set.Match(new Document { Title = "", Body = $"Сообщается: {one.Form}, пишет агентство" }).All(match => match.RuleId != one.Id));

        Assert.Equal(312, forms.Count);
        Assert.Equal("", string.Join(", ", missed.Select(one => $"@{one.Id} {one.Form}")));
    }

    [Fact]
    public void Arabic_and_Hebrew_names_are_found_behind_their_prefixes() =>
        Assert.Equal("", Missed(entity => entity.Aliases.Where(alias => alias.Split(' ')[0].Length >= 3 && alias[0] is (>= 'ء' and <= 'ي') or (>= 'א' and <= 'ת')).SelectMany(Prefixed)));

    private static string Missed(Func<Entity, IEnumerable<string>> forms)
    {
        var vocabulary = new Vocabulary(Entities.ToDictionary(e => e.Id), new Dictionary<string, TermList>());
        var set = RuleSet.Compile([.. Entities.Select(e => new Rule(e.Id, Query.Parse("@" + e.Id, vocabulary).Query!, null))], vocabulary);
        var all = Entities.Where(e => e.Type != "thing").SelectMany(e => forms(e).Select(form => (e.Id, Form: form))).ToList();
        Assert.True(all.Count >= 100, $"{all.Count} forms");
        return string.Join(", ", all.Where(one => !set.Match(new Document { Title = one.Form, Body = "" }).Any(match => match.RuleId == one.Id)).Select(one => $"@{one.Id} {one.Form}"));
    }

    private static bool IsCyrillicName(string alias) => alias.TrimStart('=').All(char.IsLetter) && alias.TrimStart('=').Skip(1).Any(c => c is >= 'а' and <= 'ґ') && !alias.TrimStart('=').Skip(1).Any(char.IsUpper);

    private static IEnumerable<string> InCases(string alias)
    {
        var name = alias.TrimStart('=');
        var ukrainian = name.AsSpan().IndexOfAny("іїєґ") >= 0;
        var (ending, russian, theirs) = Cases.FirstOrDefault(row => name.EndsWith(row.Ending, StringComparison.Ordinal) && (ukrainian ? row.Ukrainian : row.Russian).Length > 0);
        return ending is null ? [] : (ukrainian ? theirs : russian).Split(' ').Select(form => name[..^ending.Length] + form);
    }

    private static IEnumerable<string> Prefixed(string alias) =>
        alias[0] is >= 'א' and <= 'ת' ? "בלמושהכ".Select(prefix => prefix + alias)
        : alias.StartsWith("ال", StringComparison.Ordinal) ? "وبفك".Select(prefix => prefix + alias).Append("لل" + alias[2..])
        : "وبلفك".Select(prefix => prefix + alias);

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
