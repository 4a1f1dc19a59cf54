using System.Xml.Linq;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>What became of text that should have been XML.</summary>
internal abstract record XmlParseResult
{
    private XmlParseResult()
    {
    }

    /// <summary>A document, perhaps repaired.</summary>
    /// <param name="Root">The root element, perhaps of a repaired document.</param>
    /// <param name="CutOff">The text ends inside an item, which is therefore not whole.</param>
    /// <param name="Warnings">What was repaired.</param>
    /// <param name="Dropped">Items that were taken out, because there are more than are read.</param>
    public sealed record Document(XElement Root, bool CutOff, IReadOnlyList<string> Warnings, int Dropped = 0) : XmlParseResult;

    /// <summary>Nothing that can be read, and why.</summary>
    public sealed record Refused(string Reason) : XmlParseResult;
}
