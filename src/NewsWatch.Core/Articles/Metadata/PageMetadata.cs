using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>All that a page tells about its article beside the text, each field from the best signal that has it.</summary>
internal sealed record PageMetadata
{
    public required string Title { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    public required DateTimeOffset? Published { get; init; }

    public required DateTimeOffset? Modified { get; init; }

    public required string Section { get; init; }

    public required IReadOnlyList<string> Keywords { get; init; }

    public required string Language { get; init; }

    public required string? Description { get; init; }

    /// <summary>The page says that it is an article, or has an article's marks.</summary>
    public required bool IsArticle { get; init; }

    public required bool? IsFree { get; init; }

    public required IReadOnlyList<string> PaywallSelectors { get; init; }

    public required LiveBlog? LiveBlog { get; init; }

    /// <summary>JSON-LD articleBody.</summary>
    public required string? Body { get; init; }

    public required string Url { get; init; }

    /// <summary>The address of the page's AMP version.</summary>
    public required string? AmpUrl { get; init; }

    public required Dictionary<string, string> Signals { get; init; }

    /// <summary>Reads the metadata of a parsed page.</summary>
    public static PageMetadata Read(PageHead head, Uri url, IReadOnlyCollection<string> tracking)
    {
        using var data = JsonLd.Parse(head.Scripts);
        var jsonLd = JsonLdFacts.Read(data, url);
        var meta = head.Meta.Facts();
        var microdata = VisibleFacts.Microdata(head);
        var shown = VisibleFacts.Shown(head);
        var address = AddressDate.Facts(url);
        var page = JsonLdFacts.OfPage(data);
        var isDated = (jsonLd?.Published ?? meta.Published ?? microdata.Published ?? page?.Published ?? shown.Published ?? address.Published) is not null;
        var pick = new Picker(url, Told(head.Language) ?? Told(jsonLd?.Language) ?? TextLanguage.Of(head.Title ?? ""), [jsonLd, meta, microdata, page, shown, address, isDated ? null : ScriptState.Facts(head.States)]);
        var (title, signal) = Headline.Choose(head, jsonLd, microdata, meta);
        pick.Signals["title"] = signal;
        return new PageMetadata
        {
            Title = title,
            Authors = pick.Authors(jsonLd?.Publisher ?? meta.Publisher, head.Meta.First("article:author", "author")),
            Published = pick.Instant("published", f => f.Published),
            Modified = pick.Instant("modified", f => f.Modified),
            Section = pick.Best("section", f => f.Section) ?? "",
            Keywords = pick.Best("keywords", f => f.Keywords.Count > 0 ? f.Keywords : null) ?? [],
            Language = Languages.Detect(head.Language, jsonLd?.Language, meta.Language, pick.Signals),
            Description = jsonLd?.Description ?? meta.Description,
            IsArticle = jsonLd is not null || string.Equals(head.Meta.First("og:type"), "article", StringComparison.OrdinalIgnoreCase) || meta.Published is not null,
            IsFree = pick.Best("paywall", f => f.IsFree is { } free ? (object)free : null) as bool?,
            PaywallSelectors = jsonLd?.PaywallSelectors ?? [],
            LiveBlog = jsonLd?.LiveBlog,
            Body = jsonLd?.LiveBlog is { Updates.Count: > 0 } blog ? string.Join("\n\n", blog.Updates.Select(u => u.Text).Prepend(jsonLd.Body ?? "")) : jsonLd?.Body,
            Url = PageIdentity.Of(url, tracking, [(head.Canonical, "canonical"), (meta.Url, "og:url"), (jsonLd?.Url, "json-ld")], pick.Signals),
            AmpUrl = PageIdentity.Trusted(url, head.Amp, tracking),
            Signals = pick.Signals,
        };
    }

    private static string? Told(string? language) => string.IsNullOrWhiteSpace(language) ? null : language;

    private sealed class Picker(Uri site, string language, PageFacts?[] facts)
    {
        public Dictionary<string, string> Signals { get; } = new(StringComparer.Ordinal);

        public T? Best<T>(string field, Func<PageFacts, T?> read)
            where T : class
        {
            foreach (var fact in facts)
            {
                if (fact is not null && read(fact) is { } value)
                {
                    Signals[field] = fact.Signal;
                    return value;
                }
            }

            return null;
        }

        // Who names a person is believed before who names a desk of the house; what is the publisher's own name is no author where another is.
        public IReadOnlyList<string> Authors(string? publisher, string? address)
        {
            bool IsOther(string name) => BylineNames.IsPublisher(name, publisher, RegistrableHost.Of(site));
            bool IsPerson(string name) => !IsOther(name) && !BylineNames.IsHouse(name, publisher);
            List<string>? Without(PageFacts fact) => fact.Authors.Where(a => !IsOther(a)).ToList() is { Count: > 0 } names ? names : null;
            return Best("authors", f => f.Authors.Any(IsPerson) ? Without(f) : null)
                ?? Best("authors", Without)
                ?? Best("authors", f => f.Authors.Count > 0 ? f.Authors : null)
                ?? BylineNames.OfAddress(address);
        }

        public DateTimeOffset? Instant(string field, Func<PageFacts, PageDate?> read)
        {
            var found = facts.OfType<PageFacts>().Select(f => (f.Signal, Instant: read(f)!)).Where(t => t.Instant is not null).ToList();
            if (DateCandidateChooser.Choose(found, wallClock => Offset() ?? SiteTimeZone.OffsetAt(site, language, wallClock)) is not { } chosen)
            {
                return null;
            }

            Signals[field] = chosen.Signal;
            return chosen.Value;
        }

        // UTC is how machines write, not where the newsroom is.
        private TimeSpan? Offset() =>
            facts.OfType<PageFacts>().SelectMany(f => new[] { f.Published, f.Modified }).FirstOrDefault(i => i is { HasZone: true } && i.Value.Offset != TimeSpan.Zero)?.Value.Offset;
    }
}
