using System.Xml;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>
/// Text to an XML document: as it is, else with its references repaired, else recovered. Nothing outside the text is ever opened:
/// no external entity, no DTD, no XInclude.
/// </summary>
internal static class XmlDocumentReader
{
    private const int MaxDepth = 256;
    private const int MaxAttributes = 200;
    private const int MaxFromEntities = 100_000;
    private const int MaxRecovered = 50_000;

    private static readonly XmlParseResult TooDeep = new XmlParseResult.Refused($"the document is too deep: {MaxDepth} nested elements or more");
    private static readonly XmlParseResult TooWide = new XmlParseResult.Refused($"the document has an element of more than {MaxAttributes} attributes");
    private static readonly XmlParseResult TooMany = new XmlParseResult.Refused("the document has too many elements");
    private static readonly XmlParseResult TooMuch = new XmlParseResult.Refused("the document's entities expand beyond the limit");

    /// <summary>Reads <paramref name="text"/>, which should be <paramref name="kind"/> ("a feed"); <paramref name="remove"/> makes room where its elements get many.</summary>
    public static XmlParseResult Read(string text, string kind, ItemRemover? remove, CancellationToken cancellation)
    {
        var start = DocumentStart.Find(text);
        if (start < 0)
        {
            return new XmlParseResult.Refused($"the answer is plain text, not {kind}");
        }

        var document = start == 0 ? text : text[start..];
        if (IsHtml(document))
        {
            return new XmlParseResult.Refused($"the answer is an HTML page, not {kind}");
        }

        var before = start > 0 && !string.IsNullOrWhiteSpace(text[..start]) ? "there is text before the document" : null;

        if (PlainXml.Read(document, MaxDepth, cancellation) is { } root)
        {
            return new XmlParseResult.Document(root, false, before is null ? [] : [before]);
        }

        // Before anything else parses it: a parser's memory grows with them.
        return AttributeScan.FindsMore(document, MaxAttributes, wellFormed: true) ? TooWide
            : Load(document, prefixes: false, before, remove, cancellation)
                ?? Repaired(EntityReferenceRepair.Repair(document), remove, cancellation);
    }

    private static XmlParseResult Repaired(string document, ItemRemover? remove, CancellationToken cancellation) =>
        Load(document, prefixes: true, "it is not well-formed XML: its entities were repaired", remove, cancellation) ?? Recovered(document, cancellation);

    private static XmlParseResult Recovered(string document, CancellationToken cancellation) =>

        // Before that parser sees it: its time and memory grow faster than the depth it is given.
        NestingScan.Deepest(document, MaxDepth) >= MaxDepth ? TooDeep
            : AttributeScan.FindsMore(document, MaxAttributes, wellFormed: false) ? TooWide
            : NestingScan.After(document, MaxRecovered) is > 0 and var end ? Recovered(document[..end], isCutOff: true, $"it is not well-formed XML: its first {MaxRecovered} elements were recovered", cancellation)
            : Recovered(document, IsCutOff(document), "it is not well-formed XML: it was recovered", cancellation);

    private static XmlParseResult Recovered(string document, bool isCutOff, string warning, CancellationToken cancellation) =>
        LenientXmlParser.Recover(document, cancellation) is { } recovered ? new XmlParseResult.Document(recovered, isCutOff, [warning])
            : new XmlParseResult.Refused("the answer is no XML that can be read");

    /// <summary>Null for what is not well-formed.</summary>
    private static XmlParseResult? Load(string text, bool prefixes, string? warning, ItemRemover? remove, CancellationToken cancellation)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = MaxFromEntities,
            IgnoreProcessingInstructions = true,
            IgnoreComments = true,
            CheckCharacters = false,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings, prefixes ? KnownNamespaces.Context() : null);
        var tree = new LimitedTreeBuilder(reader, remove, cancellation);
        try
        {
            return tree.Read(MaxDepth) ? tree.Root is { } root ? new XmlParseResult.Document(root, false, warning is null ? [] : [warning], tree.Dropped) : null
                : tree.IsTooMuch ? TooMany
                : TooDeep;
        }
        catch (XmlException broken) when (broken.Message.Contains("MaxCharactersFromEntities", StringComparison.Ordinal))
        {
            return TooMuch;
        }
        catch (XmlException broken)
        {
            return tree.Root is { } begun && IsAtEnd(broken, text) ? new XmlParseResult.Document(begun, IsCutOff(text), ["it ends too early: what came whole was read"], tree.Dropped) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether everything before the end of the text was well-formed.</summary>
    private static bool IsAtEnd(XmlException broken, string text)
    {
        var line = text.LastIndexOf('\n') + 1;
        return broken.LineNumber == text.AsSpan().Count('\n') + 1 && broken.LinePosition > text.Length - line;
    }

    private static bool IsHtml(string text)
    {
        var rest = text.AsSpan();
        while (rest.StartsWith("<?") || rest.StartsWith("<!--"))
        {
            var end = rest.StartsWith("<?") ? rest.IndexOf('>') : rest.IndexOf("-->") + 2;
            if (end < 2)
            {
                return false;
            }

            rest = rest[(end + 1)..].TrimStart();
        }

        return rest.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("<head", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("<body", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsCutOff(string text) => EndsInside(text, "item", "</rss") || EndsInside(text, "entry", "</feed") || EndsInside(text, "url", "</urlset");

    private static bool EndsInside(string text, string name, string end)
    {
        var opened = Math.Max(text.LastIndexOf($"<{name}>", StringComparison.OrdinalIgnoreCase), text.LastIndexOf($"<{name} ", StringComparison.OrdinalIgnoreCase));
        return opened >= 0 && text.IndexOf($"</{name}", opened, StringComparison.OrdinalIgnoreCase) < 0
            && text.IndexOf(end, opened, StringComparison.OrdinalIgnoreCase) < 0;
    }
}
