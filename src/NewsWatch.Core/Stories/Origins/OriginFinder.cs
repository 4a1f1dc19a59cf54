using NewsWatch.Core.Stories.Copies;

namespace NewsWatch.Core.Stories.Origins;

/// <summary>Finds who found out what the texts of a story tell. In doubt, two texts have one source.</summary>
public sealed class OriginFinder
{
    private const string Release = "a press release";

    private readonly Dictionary<string, Outlet> _outlets;
    private readonly NamedSources _outletNames;
    private readonly NamedSources _ownWires;

    /// <summary>Remembers the outlets that texts may cite.</summary>
    /// <param name="outlets">The outlets by whose names texts cite them.</param>
    public OriginFinder(IEnumerable<Outlet> outlets)
    {
        _outlets = outlets.DistinctBy(outlet => outlet.Name).ToDictionary(outlet => outlet.Name);
        _outletNames = new(_outlets.Keys.Select(name => (name, name)));
        _ownWires = new(_outlets.Values.Where(outlet => outlet.IsWire).Select(outlet => (outlet.Name, outlet.Name)));
    }

    /// <summary>The sources of a story.</summary>
    /// <param name="texts">Its texts in the order in which they were seen.</param>
    public Corroboration Of(IReadOnlyList<PrintedText> texts) =>
        new(texts.DistinctBy(text => text.Outlet.Id).Count(), [.. Groups(texts).Select(group => group.Origin)]);

    /// <summary>Each source with the numbers of its texts, in the order in which they were first seen.</summary>
    public IReadOnlyList<(Origin Origin, IReadOnlyList<int> Texts)> Groups(IReadOnlyList<PrintedText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var credits = texts.Select(CreditOf).ToList();
        var groups = new DisjointSets(texts.Count);
        var copies = CopyClasses(texts);
        var first = new Dictionary<string, int>();
        foreach (var copied in Enumerable.Range(0, texts.Count).GroupBy(copies.Find))
        {
            // A copy that credits nobody has the credit of the text that it copies; copies without any are the first one's.
            var keys = copied.Select(text => credits[text]?.Key).OfType<string>().DefaultIfEmpty($"owner {texts[copied.First()].Outlet.Owner}");
            foreach (var key in keys)
            {
                first.TryAdd(key, copied.Key);
                groups.Join(first[key], copied.Key);
            }

            copied.ToList().ForEach(text => groups.Join(text, copied.Key));
        }

        return
        [
            .. Enumerable.Range(0, texts.Count).GroupBy(groups.Find).Select(group => (IReadOnlyList<int>)[.. group])
                .Select(group => (OriginOf([.. group.Select(text => texts[text].Outlet)], group.Select(text => credits[text]).OfType<Credit>().FirstOrDefault()), group)),
        ];
    }

    private static Origin OriginOf(IReadOnlyList<Outlet> outlets, Credit? credit)
    {
        var name = credit?.Name ?? outlets[0].Name;
        return new(credit?.Kind ?? OriginKind.Outlet, name, [.. outlets.Select(outlet => outlet.Name).Where(via => via != name && NamedSources.Wires.NameOf(via) != name).Distinct()])
        {
            IsStateAffiliated = credit is null ? outlets.All(outlet => outlet.IsStateAffiliated) : credit.IsStateAffiliated,
        };
    }

    private static DisjointSets CopyClasses(IReadOnlyList<PrintedText> texts)
    {
        var sketches = texts.Select(text => TextSketch.From(text.Text)).ToList();
        var titles = texts.Select(text => TitleKey.Of(text.Title, text.Outlet.Name, text.Outlet.Id)).ToList();
        var classes = new DisjointSets(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // A headline is no text: two under one headline are one source unless both have texts that disagree.
                if (sketches[i] is { } one && sketches[j] is { } other ? one.With(other).IsCopy : titles[i].Length > 0 && titles[i] == titles[j])
                {
                    classes.Join(i, j);
                }
            }
        }

        return classes;
    }

    /// <summary>Whom a text credits, or the agency that it is of; null for a report of its outlet's own.</summary>
    private Credit? CreditOf(PrintedText text)
    {
        var outlet = text.Outlet;
        if ((NamedSources.Wires.NameOf(outlet.Name) ?? NamedSources.Wires.NameOf(outlet.Owner) ?? (outlet.IsWire ? outlet.Name : null)) is { } itself)
        {
            return Wire(itself);
        }

        if ((Credits.OfByline(text.Authors, NamedSources.Wires) ?? Credits.OfByline(text.Authors, _ownWires) ?? Credits.Of(text.Text, NamedSources.Wires) ?? Credits.Of(text.Text, _ownWires)) is { } wire)
        {
            return Wire(wire);
        }

        if (Credits.IsRelease(text.Text, text.Authors))
        {
            return new("release", Release, OriginKind.PressRelease, false);
        }

        return Credits.Cited(text.Text, _outletNames) is { } name && _outlets[name] is var cited && cited.Owner != outlet.Owner
            ? new($"owner {cited.Owner}", cited.Name, OriginKind.Outlet, cited.IsStateAffiliated)
            : null;
    }

    private Credit Wire(string name) => new($"wire {name}", name, OriginKind.Wire, _outlets.GetValueOrDefault(name)?.IsStateAffiliated == true);

    /// <summary>Whom a text credits.</summary>
    private sealed record Credit(string Key, string Name, OriginKind Kind, bool IsStateAffiliated);
}
