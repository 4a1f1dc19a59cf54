using NewsWatch.Core.Articles;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration;

/// <summary>Who prints what sources bring, and how many of them found out for themselves.</summary>
internal sealed class Outlets(IReadOnlyDictionary<string, Publisher> publishers, IReadOnlyDictionary<string, Source> sources)
{
    // An owner's owner, and so on: no chain of real companies that somebody writes down is longer.
    private const int MaxOwners = 8;

    /// <summary>The sources of a story's texts.</summary>
    public Corroboration SourcesOf(IReadOnlyList<PrintedText> texts)
    {
        var named = publishers.Values.Concat(sources.Values.Select(source => source.Publisher).OfType<Publisher>()).DistinctBy(publisher => publisher.Id);
        return new OriginFinder(named.Select(publisher => Of(publisher, publishers))).Of(texts);
    }

    /// <summary>Who prints an article of a source: the source's publisher, else the site that the article links to, else the source itself.</summary>
    /// <param name="source">The source's id; it may have left the configuration.</param>
    /// <param name="link">The article's address.</param>
    public Outlet Of(string source, string link)
    {
        if (sources.GetValueOrDefault(source)?.Publisher is { } publisher)
        {
            return Of(publisher, publishers);
        }

        var id = SiteOf(link) is null ? source : RegistrableHost.Of(new Uri(link));
        return new(id, NameOf(source, link), id);
    }

    /// <summary>What a reader calls a source: its publisher's name, else the site that its article links to, else its file's name or its id in words.</summary>
    public string NameOf(string source, string link) => sources.GetValueOrDefault(source) switch
    {
        { Publisher.Name: { } name } => name,
        _ when SiteOf(link) is { } site => site,
        { Kind: SourceKind.File, Url: var path } when Path.GetFileNameWithoutExtension(path) is { Length: > 0 } file => ReadableId.Of(file),
        _ => ReadableId.Of(source),
    };

    private static Outlet Of(Publisher publisher, IReadOnlyDictionary<string, Publisher> publishers) =>
        new(publisher.Id, publisher.Name, OwnerOf(publisher, publishers)) { IsWire = publisher.Wire, IsStateAffiliated = publisher.StateAffiliated };

    private static string OwnerOf(Publisher publisher, IReadOnlyDictionary<string, Publisher> publishers)
    {
        for (var i = 0; i < MaxOwners && publisher.Owner is { } owner; i++)
        {
            var known = publishers.GetValueOrDefault(owner) ?? publishers.Values.FirstOrDefault(other => other.Name.Equals(owner, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                return owner;
            }

            publisher = known;
        }

        return publisher.Id;
    }

    /// <summary>The host's name, in ASCII so that no letter passes for another; null for an address that has none.</summary>
    private static string? SiteOf(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url.HostNameType is UriHostNameType.Dns && HostName.Of(url) is { } host
            ? host.StartsWith("www.", StringComparison.Ordinal) ? host["www.".Length..] : host
            : null;
}
