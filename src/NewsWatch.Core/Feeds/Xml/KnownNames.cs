using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>Names with their parts, as a thread last met them: feeds use the same few, and to make them anew costs more than to read them.</summary>
internal sealed class KnownNames
{
    private const int MaxNames = 500;
    private const int MaxLength = 60;

    [ThreadStatic]
    private static KnownNames? _ofThread;

    private readonly Dictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> _names = new Dictionary<string, Known>().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The names of the thread that asks; they are not for any other.</summary>
    public static KnownNames OfThread => _ofThread ??= new();

    /// <summary>The parts of a name; null for none that a document of the plain kind may use.</summary>
    public Known? Find(ReadOnlySpan<char> name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        var colon = name.IndexOf(':');
        var local = name[(colon + 1)..];
        if (colon == 0 || local.Length == 0 || PlainXmlNames.LengthAt([.. local, ' ']) == 0 || local.Contains(':'))
        {
            return null;
        }

        known = new Known(colon < 0 ? "" : name[..colon].ToString(), local.ToString());
        Keep(name, known);
        return known;
    }

    private void Keep(ReadOnlySpan<char> name, Known known)
    {
        if (name.Length > MaxLength)
        {
            return;
        }

        if (_names.Dictionary.Count >= MaxNames)
        {
            _names.Dictionary.Clear();
        }

        _names.TryAdd(name, known);
    }

    internal sealed class Known(string prefix, string local)
    {
        private XName? _name;

        public string Prefix => prefix;

        public XName In(XNamespace space) => _name is { } name && name.Namespace == space ? name : _name = space.GetName(local);
    }
}
