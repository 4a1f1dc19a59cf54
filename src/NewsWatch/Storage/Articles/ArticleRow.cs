using NewsWatch.Core.Articles;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Storage.Articles;

/// <summary>A row of the article table, as Dapper reads it.</summary>
internal sealed class ArticleRow
{
    public long Id { get; init; }

    public string Url { get; init; } = "";

    public long Story { get; init; }

    public string Source { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>The text, until the archive has it; then empty.</summary>
    public string Text { get; init; } = "";

    public long? Document { get; init; }

    /// <summary>The text as the archive has it; null until then.</summary>
    public byte[]? Packed { get; init; }

    public string Authors { get; init; } = "[]";

    public long? Published { get; init; }

    public long? Modified { get; init; }

    public long FirstSeen { get; init; }

    public string Language { get; init; } = "";

    public string Section { get; init; } = "";

    public string Keywords { get; init; } = "[]";

    public string Completeness { get; init; } = "";

    public long Revision { get; init; }

    public StoredArticle ToArticle() => new(Id, Story, Source, UnixTime.At(FirstSeen), (int)Revision, new Article
    {
        Url = Url,
        Title = Title,
        Text = Packed is null ? Text : PackedText.Unpack(Packed),
        Authors = StoredJson.Read<string[]>(Authors),
        Published = UnixTime.At(Published),
        Modified = UnixTime.At(Modified),
        Language = Language,
        Section = Section,
        Keywords = StoredJson.Read<string[]>(Keywords),
        Completeness = StoredName.To<Completeness>(Completeness),
    })
    {
        Document = Document,
    };
}
