using System.Collections.Frozen;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Configuration.Binding;

/// <summary>Sources: the addresses to poll.</summary>
internal sealed class SourcesReader(
    Secrets secrets, string folder, Defaults defaults, Dictionary<string, Publisher> publishers, Operator op)
{
    /// <summary>Headers whose value is always a secret.</summary>
    private static readonly string[] SecretHeaders = ["authorization", "cookie", "proxy-authorization", "x-api-key"];

    private Dictionary<string, Source> _groups = [];

    /// <summary>The groups, once <see cref="Read(Section)"/> has read them.</summary>
    public IReadOnlyCollection<string> Groups => _groups.Keys;

    public Dictionary<string, Source> Read(Section section)
    {
        _groups = new GroupsReader(defaults, PublisherOf).Read(section);
        var all = new Dictionary<string, Source>();
        var first = new Dictionary<(string, SourceKind, string?), (string Id, Place Place)>();
        foreach (var (id, entry) in section.Entries("Sources"))
        {
            var source = all[id] = Read(id, entry);
            if (_groups.ContainsKey(id))
            {
                section.Problems.Error(section.Object("Sources")!.KeyPlaceOf(id), $"Sources.{id}", "is a group's id as well. Give one of them another.");
            }

            var place = entry.PlaceOf("Url");
            if (source.Url.Length > 0 && !first.TryAdd((source.Url, source.Kind, source.Select), (id, place)))
            {
                var (other, there) = first[(source.Url, source.Kind, source.Select)];
                section.Problems.Warn(place, entry.PathOf("Url"), $"is the address of {other} as well ({Problems.Near(there, place)}): NewsWatch polls it twice. Keep one.");
            }
        }

        return all;
    }

    private Source Read(string id, Section section)
    {
        var kind = section.Value("Kind", Values.Choice<SourceKind>("a kind of source"), SourceKind.Feed);
        var group = GroupOf(section);
        var source = GroupsReader.Common(section, group ?? GroupsReader.NoGroup(defaults), defaults.TimeZone) with
        {
            Id = id,
            Kind = kind,
            Group = group?.Id,
            Url = kind == SourceKind.File ? FilePath(section) : Address(section),
            Publisher = PublisherOf(section) ?? group?.Publisher,
            Select = Texts(section, "Select", PageOptions.IsSelector, "is not a CSS selector.").FirstOrDefault(),
            Remove = Texts(section, "Remove", PageOptions.IsSelector, "is not a CSS selector."),
            Ignore = Texts(section, "Ignore", WatchedPage.IsPattern, "is not a supported regular expression (no look-around, no backreferences)."),
            TrackingParameters = Texts(section, "TrackingParameters", CanonicalUrl.IsParameter, "is not a name of a query parameter; a * may only be its last character."),
            Watch = section.Value("Watch", Values.Choice<PageWatch>("known"), PageWatch.Links),
            Headers = Headers(section),
            AllowPrivate = section.Bool("AllowPrivate", defaultValue: false),
        };
        section.Close();
        return source;
    }

    private Source? GroupOf(Section section)
    {
        if (section.Text("Group") is not { } written)
        {
            return null;
        }

        if (!_groups.TryGetValue(written.Text, out var group))
        {
            section.Problems.Error(written.Place, section.PathOf("Group"), Spelling.Unknown("group", written.Text, _groups.Keys));
        }

        return group;
    }

    private static string[] Texts(Section section, string key, Func<string, bool> isGood, string error)
    {
        var texts = section.Texts(key).ToList();
        foreach (var bad in texts.Where(text => !isGood(text.Text)))
        {
            section.Problems.Error(bad.Place, section.PathOf(key), $"\"{bad.Text}\" {error}");
        }

        return [.. texts.Select(text => text.Text)];
    }

    /// <summary>A private address is only a warning, so that one unreadable source does not stop the others.</summary>
    private string Address(Section section)
    {
        if (section.RequiredText("Url") is { } written && PathOf(written.Text) is { } path)
        {
            section.Problems.Error(written.Place, section.PathOf("Url"), $"names a file. Write \"Kind\": \"file\", \"Url\": \"{path}\".");
            return "";
        }

        var url = new Urls(section, secrets, op.AllowPorts).SecretHttp("Url");
        if (url is not null && !section.Bool("AllowPrivate", defaultValue: false) && Urls.IsPrivate(url, op))
        {
            section.Problems.Warn(
                section.PlaceOf("Url"), section.PathOf("Url"), "is not a public address: every poll will be refused. Write \"AllowPrivate\": true at this source, or use another.");
        }

        return url?.OriginalString ?? "";
    }

    /// <summary>The path in <c>file:///path</c> or <c>file:feed.xml</c>; null for an address, and for <c>file:/path</c>, which names a secret.</summary>
    private static string? PathOf(string url) =>
        url.StartsWith("file://", StringComparison.Ordinal) ? url["file://".Length..]
        : url.StartsWith("file:", StringComparison.Ordinal) && !Path.IsPathRooted(url["file:".Length..]) ? url["file:".Length..]
        : null;

    private string FilePath(Section section)
    {
        if (section.RequiredText("Url") is not { } written)
        {
            return "";
        }

        if (written.Text.Contains("://", StringComparison.Ordinal) || written.Text.Contains('\0', StringComparison.Ordinal))
        {
            section.Problems.Error(written.Place, section.PathOf("Url"), "a source of Kind file takes the path of a file or folder, not an address.");
            return "";
        }

        var path = Path.GetFullPath(written.Text, folder);
        if (!Path.Exists(path))
        {
            section.Problems.Warn(written.Place, section.PathOf("Url"), $"the file or folder {path} does not exist.");
        }

        return path;
    }

    private Publisher? PublisherOf(Section section)
    {
        if (section.Text("Publisher") is not { } text)
        {
            return null;
        }

        if (!publishers.ContainsKey(text.Text) && Spelling.Nearest(text.Text, publishers.Keys) is { } near)
        {
            section.Problems.Warn(text.Place, section.PathOf("Publisher"), $"no publisher \"{text.Text}\". Did you mean \"{near}\"?");
        }

        // A publisher needs no entry of its own.
        return publishers.GetValueOrDefault(text.Text) ?? new Publisher(text.Text, text.Text, Wire: false, StateAffiliated: false);
    }

    private IReadOnlyDictionary<string, string> Headers(Section section)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, place, value) in section.Members("Headers"))
        {
            var path = $"{section.PathOf("Headers")}.{name}";
            if (value is not TextNode text)
            {
                section.Problems.Error(value.Place, path, $"expected a string in quotes, found {value.Kind}.");
                continue;
            }

            var (read, error) = Secrets.IsReference(text.Text) || SecretHeaders.Contains(name.ToLowerInvariant()) ? secrets.Read(text.Text) : text.Text;
            error ??= name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && name.Length > 0 ? null : "is not a header name.";
            error ??= read!.Any(char.IsControl) ? "a header's value must not hold line ends or other control characters." : null;
            if (error is not null)
            {
                section.Problems.Error(error.StartsWith("is not", StringComparison.Ordinal) ? place : text.Place, path, error);
                continue;
            }

            headers[name] = read!;
        }

        return headers.Count == 0 ? FrozenDictionary<string, string>.Empty : headers;
    }
}
