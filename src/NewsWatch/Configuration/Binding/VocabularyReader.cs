using NewsWatch.Configuration.Json;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration.Binding;

/// <summary>Entities and Lists, and the catalogues that Include names; the operator's own entries win.</summary>
internal sealed class VocabularyReader(Func<string, ConfigurationFile?> include)
{
    private static readonly string[] Types = ["person", "organisation", "place", "thing"];

    /// <summary>The vocabulary, and where each <c>@entity</c> and <c>#list</c> is defined.</summary>
    public (Vocabulary Vocabulary, IReadOnlyDictionary<string, Place> Places) Read(Section section)
    {
        var places = new Dictionary<string, Place>();
        var entities = Entities(section, places);
        var lists = Lists(section, places);
        foreach (var name in section.Texts("Include"))
        {
            Include(name, section, entities, lists, places);
        }

        return (new Vocabulary(entities, lists), places);
    }

    private void Include(
        TextNode name, Section section, Dictionary<string, Entity> entities, Dictionary<string, TermList> lists, Dictionary<string, Place> places)
    {
        if (!Id.IsValid(name.Text) || include(name.Text) is not { } file)
        {
            section.Problems.Error(name.Place, "Include", $"there is no \"{name.Text}.json\" beside the configuration or the program.{Spelling.DidYouMean(name.Text, [Includes.Shipped])}");
            return;
        }

        if (NodeReader.Read(file, section.Problems) is not ObjectNode root)
        {
            return;
        }

        var catalogue = new Section(root, "", section.Problems);
        var theirPlaces = new Dictionary<string, Place>();
        foreach (var (id, entity) in Entities(catalogue, theirPlaces))
        {
            entities.TryAdd(id, entity);
        }

        foreach (var (id, list) in Lists(catalogue, theirPlaces))
        {
            lists.TryAdd(id, list);
        }

        catalogue.Close();
        foreach (var (id, place) in theirPlaces)
        {
            places.TryAdd(id, place);
        }
    }

    private static Dictionary<string, Entity> Entities(Section section, Dictionary<string, Place> places)
    {
        var all = new Dictionary<string, Entity>();
        var spelled = new Dictionary<string, (string Entity, Place Place)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, entry) in section.Entries("Entities"))
        {
            places["@" + id] = entry.Place;
            var aliases = entry.Texts("Aliases");
            CheckTerms(aliases, entry, "Aliases");
            WarnAmbiguous(id, entry, aliases, spelled);
            var type = entry.Text("Type");
            if (type is not null && !Types.Contains(type.Text))
            {
                section.Problems.Error(type.Place, entry.PathOf("Type"), $"\"{type.Text}\" is not a type. Use {Values.Alternatives(Types)}.");
            }

            all[id] = new Entity(id, entry.RequiredText("Name")?.Text ?? id, type?.Text ?? "thing", [.. aliases.Select(alias => alias.Text)]) { Languages = entry.Value("Lang", Language, Languages.All) };
            entry.Close();
        }

        return all;
    }

    /// <summary>Reports a spelling of two entities: a text with it hits both.</summary>
    private static void WarnAmbiguous(string id, Section entry, IReadOnlyList<TextNode> aliases, Dictionary<string, (string Entity, Place Place)> spelled)
    {
        foreach (var alias in aliases.Concat(entry.Text("Name") is { } name ? [name] : []))
        {
            if (spelled.TryGetValue(alias.Text, out var first) && first.Entity != id)
            {
                entry.Problems.Warn(alias.Place, entry.PathOf("Aliases"), $"\"{alias.Text}\" is a name of @{first.Entity} as well ({Problems.Near(first.Place, alias.Place)}): a text with it hits both. Keep one, or write more of the name.");
            }

            spelled.TryAdd(alias.Text, (id, alias.Place));
        }
    }

    private static Dictionary<string, TermList> Lists(Section section, Dictionary<string, Place> places)
    {
        var all = new Dictionary<string, TermList>();
        foreach (var (id, place, value) in section.Members("Lists"))
        {
            if (!Id.IsValid(id))
            {
                section.Problems.Error(place, $"Lists.{id}", "is not a valid id. Use lower-case letters, digits and hyphens, e.g. \"ceasefire\".");
                continue;
            }

            // A list without keys is read as the one key of a section, so that its terms are read like any other array of strings.
            var (entry, key) = value is ObjectNode named
                ? (new Section(named, $"Lists.{id}", section.Problems), "Terms")
                : (new Section(new ObjectNode(place, [new Member(id, place, value)]), "Lists", section.Problems), id);
            var terms = entry.Texts(key);
            CheckTerms(terms, entry, key);
            if (terms.Count == 0)
            {
                section.Problems.Error(value.Place, $"Lists.{id}", "holds no term.");
            }

            places["#" + id] = place;
            all[id] = new TermList(id, [.. terms.Select(term => term.Text)]) { Languages = value is ObjectNode ? entry.Value("Lang", Language, Languages.All) : Languages.All };
            entry.Close();
        }

        return all;
    }

    private static ParseResult<Languages> Language(string text) => LanguagesOf.Tag(text) is not Languages.None and var language
        ? language
        : ParseResult<Languages>.Wrong($"\"{text}\" is not a language with known inflections. Use {Values.Alternatives([.. LanguagesOf.Known])}, or leave it out.");

    private static void CheckTerms(IReadOnlyList<TextNode> terms, Section section, string key)
    {
        foreach (var term in terms)
        {
            foreach (var error in Query.CheckTerm(term.Text))
            {
                section.Problems.ErrorInside(term, error.Offset, section.PathOf(key), error.Message);
            }

            foreach (var warning in Query.TermWarnings(term.Text))
            {
                section.Problems.Warn(term.Place, section.PathOf(key), $"{term.Text}: {warning.Message}");
            }
        }
    }
}
