using System.Security.Cryptography;
using System.Text;
using NewsWatch.Core.Articles;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Archive;

/// <summary>What rules saw of an article, ready to be stored: it is hashed and packed before the write.</summary>
/// <param name="Hash">Tells equal documents.</param>
/// <param name="Text">Packed: see <see cref="PackedText"/>.</param>
/// <param name="Authors">JSON array.</param>
internal sealed record DocumentWrite(byte[] Hash, string Title, byte[] Text, string Authors, string Section, string Language)
{
    private const int HashBytes = 16;

    /// <summary>The document of an article's version.</summary>
    public static DocumentWrite From(Article article)
    {
        var authors = StoredJson.Write(article.Authors);
        return new(HashOf(article.Title, article.Text, authors, article.Section, article.Language), article.Title, PackedText.Pack(article.Text), authors, article.Section, article.Language);
    }

    /// <summary>True when rules see the same in two versions of an article.</summary>
    public static bool IsSame(Article one, Article other) =>
        one.Title == other.Title && one.Text == other.Text && one.Section == other.Section && one.Language == other.Language && one.Authors.SequenceEqual(other.Authors);

    /// <summary>Each field with its length, so that no two different documents are the same bytes.</summary>
    private static byte[] HashOf(params ReadOnlySpan<string> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset()[..HashBytes];
    }
}

/// <summary>A document as it was kept.</summary>
internal sealed record StoredDocument(string Title, string Text, IReadOnlyList<string> Authors, string Section, string Language);

/// <summary>What rules saw, once for each content.</summary>
internal static class DocumentStore
{
    /// <summary>Keeps a document, unless it is kept already; returns its number.</summary>
    public static long Keep(Session db, DocumentWrite document)
    {
        db.Lock(LockKey.Document(document.Hash));
        db.Write(
            """
            INSERT INTO document (hash, title, text, authors, section, language) VALUES (@Hash, @Title, @Text, @Authors, @Section, @Language)
            ON CONFLICT (hash) DO NOTHING
            """,
            document);
        return db.ExecuteScalar<long>("SELECT id FROM document WHERE hash = @Hash", new { document.Hash });
    }

    /// <summary>The document with this number, or null.</summary>
    public static StoredDocument? Find(Session db, long id) =>
        db.Query<(string Title, byte[] Text, string Authors, string Section, string Language)>(
                "SELECT title, text, authors, section, language FROM document WHERE id = @id", new { id })
            .Select(row => new StoredDocument(row.Title, PackedText.Unpack(row.Text), StoredJson.Read<string[]>(row.Authors), row.Section, row.Language))
            .FirstOrDefault();

    /// <summary>Titles and texts, by the numbers of their documents; without those that are gone.</summary>
    public static IReadOnlyDictionary<long, (string Title, string Text)> Texts(Session db, IEnumerable<long> ids) =>
        db.Query<(long Id, string Title, byte[] Text)>("SELECT id, title, text FROM document WHERE id IN @ids", new { ids })
            .ToDictionary(row => row.Id, row => (row.Title, PackedText.Unpack(row.Text)));

    /// <summary>Deletes those of these documents that nothing names any more.</summary>
    public static void DeleteUnused(Session db, IEnumerable<long> ids) => db.Write(
        """
        DELETE FROM document
        WHERE id = @id AND NOT EXISTS (SELECT 1 FROM reading WHERE document = @id) AND NOT EXISTS (SELECT 1 FROM article WHERE document = @id)
          AND NOT EXISTS (SELECT 1 FROM told_version WHERE document = @id)
        """,
        ids.Select(id => new { id }));
}
