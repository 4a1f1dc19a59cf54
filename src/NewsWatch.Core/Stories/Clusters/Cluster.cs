using System.Numerics;
using System.Runtime.InteropServices;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>Articles that belong together: those of a report, or those of a story.</summary>
/// <param name="key">Its number.</param>
/// <param name="isStory">Whether it is a story: only of those is known what their texts are about.</param>
internal sealed class Cluster(long key, bool isStory = false)
{
    /// <summary>How many of the latest articles are compared one by one: what a story was about last is what is told next.</summary>
    public const int Compared = 24;

    private readonly ClusterTerms _terms = new();
    private readonly ClusterTexts? _texts = isStory ? new() : null;

    /// <summary>Its number; the first article's, so that it is the same whenever the same articles are placed.</summary>
    public long Key { get; } = key;

    /// <summary>Its articles in the order in which they were placed.</summary>
    public List<Member> Members { get; } = new(1); // most have one article

    /// <summary>How many of its articles have a text.</summary>
    public int Texts => _texts?.Count ?? 0;

    /// <summary>When its last article was placed.</summary>
    public DateTimeOffset Last => Members[^1].At;

    /// <summary>When its first article was placed.</summary>
    public DateTimeOffset First => Members[0].At;

    /// <summary>The articles that are compared one by one.</summary>
    public ReadOnlySpan<Member> Latest => CollectionsMarshal.AsSpan(Members)[Math.Max(0, Members.Count - Compared)..];

    public void Add(Member member)
    {
        Members.Add(member);
        Take(member);
    }

    /// <summary>Takes the articles of another cluster over, each at its place in time.</summary>
    public void Absorb(Cluster other)
    {
        foreach (var member in other.Members)
        {
            Take(member);
        }

        Members.AddRange(other.Members);
        Members.Sort((one, another) => one.Article.CompareTo(another.Article));
    }

    /// <summary>Takes an article out again: what is left is what would be without it.</summary>
    public void Remove(Member member)
    {
        Members.Remove(member);
        _terms.Remove(member.Gist);
        if (member.Print.Profile is { } profile)
        {
            _texts?.Remove(profile);
        }
    }

    /// <summary>Whether a publisher has told any of its articles.</summary>
    public bool IsBy(string publisher) => Members.Exists(member => member.Publisher == publisher);

    /// <summary>How much of a headline's weight the cluster has told, 0 to 1.</summary>
    public float Told(Gist gist)
    {
        var told = 0f;
        for (var i = 0; i < gist.Terms.Length; i++)
        {
            told += _terms.Of(gist.Terms[i]).Articles > 0 ? gist.Weight(i) : 0;
        }

        return gist.TotalWeight > 0 ? told / gist.TotalWeight : 0;
    }

    /// <summary>Whether a headline names or counts what none of the cluster's headlines does.</summary>
    public bool LacksNameOrNumber(Gist gist) =>
        gist.Terms.Where((_, i) => (gist.Kinds[i] & (TermKinds.Name | TermKinds.Number)) != TermKinds.None).Any(term => _terms.Of(term).Articles == 0);

    /// <summary>How much of what a headline says was done a single one of the cluster's headlines has said, 0 to 1: all together have said of everything a part.</summary>
    public float ToldDeeds(Gist gist) => Members.Max(member => gist.DeedsIn(member.Gist));

    /// <summary>Whether a headline tells a deed as done that the cluster's headlines have told as still to come, and nothing else: a meeting that was planned takes place.</summary>
    public bool HasAhead(Gist gist)
    {
        for (var i = 0; i < gist.Terms.Length; i++)
        {
            if ((gist.Kinds[i] & (TermKinds.Name | TermKinds.Number | TermKinds.Ahead)) == TermKinds.None && IsAhead(gist.Terms[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much of the cluster's core, the terms of half its articles, a headline carries, 0 to 1.</summary>
    public float Core(Gist gist)
    {
        var (carried, core) = (0f, 0f);
        foreach (var (term, known) in _terms.All)
        {
            if (IsCore(known.Articles))
            {
                core += known.Rarity;
                carried += Array.BinarySearch(gist.Terms, term) >= 0 ? known.Rarity : 0;
            }
        }

        return core > 0 ? carried / core : 0;
    }

    /// <summary>Whether the cluster's core has a term.</summary>
    public bool HasInCore(ulong term) => _terms.Of(term).Articles is > 0 and var count && IsCore(count);

    /// <summary>
    /// Whether a headline names others than the cluster does: none of the names in a third of its articles. Two events of one kind differ in place or person.
    /// </summary>
    public bool NamesOthers(Gist gist) => Differs(gist, TermKinds.Name);

    /// <summary>Whether a headline counts otherwise than the cluster does.</summary>
    public bool CountsOtherwise(Gist gist) => Differs(gist, TermKinds.Number);

    private bool Differs(Gist gist, TermKinds kind)
    {
        var has = false;
        foreach (var (term, known) in _terms.All)
        {
            if (known.Kinds.HasFlag(kind) && 3 * known.Articles >= Members.Count)
            {
                has = true;
                if (Array.BinarySearch(gist.Terms, term) is >= 0 and var at && gist.Kinds[at].HasFlag(kind))
                {
                    return false;
                }
            }
        }

        return has && gist.Kinds.Any(one => one.HasFlag(kind));
    }

    /// <summary>How many kinds of steps a headline tells that none of the cluster's latest articles has told.</summary>
    public int NewSteps(Gist gist)
    {
        var told = 0;
        foreach (var member in Latest)
        {
            told |= member.Gist.Steps;
        }

        return BitOperations.PopCount((uint)(gist.Steps & ~told));
    }

    /// <summary>How near a headline's place is to the cluster's, -1 to 1.</summary>
    public float Nearness(Gist gist)
    {
        var place = _terms.Place ?? [];
        var length = MathF.Sqrt(Vectors.Dot(place, place));
        return length > 0 ? Vectors.Dot(place, gist.Place()) / length : 0;
    }

    /// <summary>The cosine of a text and the cluster's texts, 0 to 1.</summary>
    public float About(TextProfile profile) => _texts?.With(profile) ?? 0;

    private bool IsAhead(ulong term) => Members.Select(member => member.Gist.IsAhead(term)).Where(isAhead => isAhead is not null).Distinct().ToList() is [true];

    private bool IsCore(int count) => Members.Count == 1 || count >= Math.Max(2, (Members.Count + 1) / 2);

    private void Take(Member member)
    {
        _terms.Add(member.Gist);
        if (member.Print.Profile is { } profile)
        {
            _texts?.Add(profile);
        }
    }
}
