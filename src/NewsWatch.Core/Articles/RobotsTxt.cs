using System.Text;

namespace NewsWatch.Core.Articles;

/// <summary>A host's robots.txt (RFC 9309) as one product reads it, and the sitemaps that it names (sitemaps.org).</summary>
public sealed class RobotsTxt
{
    /// <summary>Bytes that are read; what follows does not count.</summary>
    public const int MaxFile = 500 * 1024;

    private const int MaxPath = 2_048;
    private const int MaxRules = 5_000;

    private readonly IReadOnlyList<RobotsRule> _rules;

    private RobotsTxt(IReadOnlyList<RobotsRule> rules, IReadOnlyList<string> sitemaps) => (_rules, Sitemaps) = (rules, sitemaps);

    /// <summary>No file: everything is allowed.</summary>
    public static RobotsTxt None { get; } = new([], []);

    /// <summary>Addresses of its Sitemap lines, as written.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <summary>The same as addresses: some are written without a host, and mean the file's own.</summary>
    /// <param name="file">The address of the file.</param>
    public IReadOnlyList<string> SitemapsAt(Uri file) =>
        [.. Sitemaps.Select(written => Uri.TryCreate(file, written, out var url) && url.Scheme is "http" or "https" ? url.AbsoluteUri : null).OfType<string>()];

    /// <summary>About how many characters it takes to remember it.</summary>
    public int Size => _rules.Sum(rule => rule.Length + RobotsRule.Overhead);

    /// <summary>Reads a file, whatever it holds: lines that are none of it are skipped.</summary>
    /// <param name="file">Its bytes; read as UTF-8.</param>
    /// <param name="product">The product token, e.g. "NewsWatch"; where no group names it, the groups for <c>*</c> hold.</param>
    public static RobotsTxt Parse(ReadOnlySpan<byte> file, string product)
    {
        var reader = new Reader(product);
        foreach (var line in Encoding.UTF8.GetString(Whole(file)).TrimStart('\uFEFF').Split(['\r', '\n']))
        {
            var text = line.Split('#', 2)[0];
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                reader.Take(text[..colon].Trim().ToLowerInvariant(), text[(colon + 1)..].Trim());
            }
        }

        return new(reader.Rules, reader.Sitemaps);
    }

    /// <summary>True when the address may be asked for: the longest pattern that fits decides, Allow before Disallow, and /robots.txt always may.</summary>
    public bool Allows(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (_rules.Count == 0 || url.AbsolutePath == "/robots.txt")
        {
            return true;
        }

        var path = PercentEncoding.Normalise(url.PathAndQuery);
        path = path.Length <= MaxPath ? path : path[..MaxPath];
        var best = _rules.Where(rule => rule.Fits(path)).OrderByDescending(rule => rule.Length).ThenByDescending(rule => rule.Allows).FirstOrDefault();
        return best?.Allows ?? true;
    }

    /// <summary>Half a line at the limit is none.</summary>
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> file)
    {
        if (file.Length <= MaxFile)
        {
            return file;
        }

        file = file[..MaxFile];
        return file[..(file.LastIndexOf((byte)'\n') + 1)];
    }

    /// <summary>Collects the rules of the groups that name the product, and of those for everybody.</summary>
    private sealed class Reader(string product)
    {
        private readonly List<RobotsRule> _own = [];
        private readonly List<RobotsRule> _everybody = [];
        private readonly List<string> _sitemaps = [];
        private bool _named;
        private bool _isOwn;
        private bool _isEverybody;
        private bool _inAgents;

        public IReadOnlyList<RobotsRule> Rules => _named ? _own : _everybody;

        public IReadOnlyList<string> Sitemaps => _sitemaps;

        public void Take(string key, string value)
        {
            switch (key)
            {
                case "user-agent":
                    Agent(value);
                    break;
                case "allow" or "disallow":
                    Rule(key == "allow", value);
                    break;
                case "sitemap" when value.Length > 0:
                    _sitemaps.Add(value);
                    break;
            }
        }

        private void Agent(string value)
        {
            if (!_inAgents)
            {
                (_isOwn, _isEverybody, _inAgents) = (false, false, true);
            }

            var token = new string([.. value.TakeWhile(letter => char.IsAsciiLetter(letter) || letter is '-' or '_')]);
            _isOwn |= token.Equals(product, StringComparison.OrdinalIgnoreCase);
            _isEverybody |= value.StartsWith('*');
            _named |= _isOwn;
        }

        private void Rule(bool allows, string path)
        {
            _inAgents = false;
            if (path.Length is 0 or > MaxPath || path[0] is not ('/' or '*'))
            {
                return;
            }

            Add(_isOwn, _own, allows, path);
            Add(_isEverybody, _everybody, allows, path);
        }

        private static void Add(bool belongs, List<RobotsRule> rules, bool allows, string path)
        {
            if (belongs && rules.Count < MaxRules)
            {
                rules.Add(RobotsRule.Create(allows, path));
            }
        }
    }
}

/// <summary>One Allow or Disallow line.</summary>
/// <param name="Length">Of its pattern: the longer, the stronger.</param>
/// <param name="Parts">The parts between its asterisks.</param>
/// <param name="IsWhole">It ends with <c>$</c>.</param>
internal sealed record RobotsRule(bool Allows, int Length, IReadOnlyList<string> Parts, bool IsWhole)
{
    /// <summary>What a rule takes beside its pattern, in characters.</summary>
    public const int Overhead = 100;

    public static RobotsRule Create(bool allows, string path)
    {
        var pattern = PercentEncoding.Normalise(path);
        var isWhole = pattern.EndsWith('$');
        return new(allows, pattern.Length, (isWhole ? pattern[..^1] : pattern).Split('*'), isWhole);
    }

    /// <summary>True when the pattern fits the beginning of the path, or all of it. The leftmost place of each part will do, so this takes linear time.</summary>
    public bool Fits(string path)
    {
        if (!path.StartsWith(Parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = Parts[0].Length;
        for (var part = 1; part < Parts.Count; part++)
        {
            if (IsWhole && part == Parts.Count - 1)
            {
                return path.Length - Parts[part].Length >= at && path.EndsWith(Parts[part], StringComparison.Ordinal);
            }

            var found = path.IndexOf(Parts[part], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + Parts[part].Length;
        }

        return !IsWhole || at == path.Length;
    }
}
