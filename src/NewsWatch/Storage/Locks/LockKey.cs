using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Storage.Locks;

/// <summary>
/// One thing that a write decides about or changes. Writes of several replicas about the same thing come one after the other, in the order in which they get its lock. Two things
/// that share a number, one pair in 2^63, only wait for each other.
/// </summary>
public readonly record struct LockKey
{
    private LockKey(string kind, ReadOnlySpan<byte> name) => Number = BitConverter.ToInt64(SHA256.HashData([.. Encoding.UTF8.GetBytes(kind), .. name]), 0);

    /// <summary>The number that the server knows it by.</summary>
    internal long Number { get; }

    /// <summary>The book of stories, where stories are told by more than their headline: each new article may change any of them.</summary>
    public static LockKey Book { get; } = new("book/", []);

    /// <summary>A story with its articles, alerts, verdicts, deadlines and pages; and the address that its key is made of, with whatever article that has or gets.</summary>
    public static LockKey Story(string key) => new("story/", Encoding.UTF8.GetBytes(key));

    /// <summary>Which stories had a headline.</summary>
    public static LockKey Headline(string titleKey) => new("headline/", Encoding.UTF8.GetBytes(titleKey));

    /// <summary>All messages to a subscriber, or to an operator's address.</summary>
    public static LockKey Subscriber(string id) => new("subscriber/", Encoding.UTF8.GetBytes(id));

    /// <summary>The items of a source.</summary>
    public static LockKey Source(string id) => new("source/", Encoding.UTF8.GetBytes(id));

    /// <summary>A document of the archive.</summary>
    public static LockKey Document(byte[] hash) => new("document/", hash);

    /// <summary>What a site's articles have in common.</summary>
    public static LockKey Host(string name) => new("host/", Encoding.UTF8.GetBytes(name));
}
