using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;
using NewsWatch.Core.Voices.Quotes;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>The deadlines and quotes of a document's title and body, each looked for when a rule first asks.</summary>
internal sealed class DocumentVoices(Document document)
{
    private IReadOnlyList<(Field, Deadline)>? _deadlines;
    private IReadOnlyList<(Field, Quote)>? _quotes;

    public TimeAnchor Anchor { get; } = TimeAnchor.From(document);

    public IReadOnlyList<(Field Field, Deadline Deadline)> Deadlines => _deadlines ??=
        [.. new[] { Field.Title, Field.Body }.SelectMany(part => DeadlineFinder.Find(document[part], Anchor, document.Language).Select(found => (part, found)))];

    public IReadOnlyList<(Field Field, Quote Quote)> Quotes => _quotes ??=
        [.. new[] { Field.Title, Field.Body }.SelectMany(part => QuoteFinder.Find(document[part], document.Language).Select(found => (part, found)))];
}
