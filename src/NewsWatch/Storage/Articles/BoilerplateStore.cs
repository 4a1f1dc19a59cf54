using NewsWatch.Core.Articles;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage.Articles;

/// <summary>What each site's articles have in common.</summary>
internal static class BoilerplateStore
{
    /// <summary>What is known of the site of this article; nothing for a new site.</summary>
    public static RepeatedParagraphs Find(Session db, string articleUrl) =>
        RepeatedParagraphs.Parse(db.ExecuteScalar<string?>("SELECT blocks FROM host_memory WHERE host = @host", new { host = HostOf(articleUrl) }));

    /// <summary>Remembers one more article.</summary>
    /// <param name="paragraphs">Its text's paragraphs, those known already included; none change nothing.</param>
    public static void Add(Session db, string articleUrl, IReadOnlyList<string> paragraphs, DateTimeOffset now)
    {
        if (paragraphs.Count > 0)
        {
            db.Lock(LockKey.Host(HostOf(articleUrl)));
            db.Write(
                "INSERT INTO host_memory (host, blocks, seen) VALUES (@host, @blocks, @seen) ON CONFLICT (host) DO UPDATE SET blocks = excluded.blocks, seen = excluded.seen",
                new { host = HostOf(articleUrl), blocks = Find(db, articleUrl).With(articleUrl, paragraphs).ToString(), seen = UnixTime.Of(now) });
        }
    }

    /// <summary>Forgets up to <paramref name="most"/> sites without a reading since <paramref name="cutoff"/>; returns their number.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset cutoff, int most) => db.Execute(
        "DELETE FROM host_memory WHERE host IN (SELECT host FROM host_memory WHERE seen < @cutoff ORDER BY seen LIMIT @most)",
        new { cutoff = UnixTime.Of(cutoff), most });

    private static string HostOf(string articleUrl) => Uri.TryCreate(articleUrl, UriKind.Absolute, out var url) ? RegistrableHost.Of(url) : "";
}
