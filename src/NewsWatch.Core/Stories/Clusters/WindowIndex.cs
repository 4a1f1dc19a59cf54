using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>
/// Finds the articles of the window that share telling terms with a headline. Each article has a slot, a small number that is given anew when the article has left: lists of
/// numbers take half the room of lists of references, and the collector need not follow them.
/// </summary>
internal sealed class WindowIndex
{
    private const int Found = 64;

    // Of a term's articles the latest are looked at: older ones of a term this common would be found by another.
    private const int LatestOfTerm = 400;

    // The weight of a text's heaviest term beside the rarities of a headline's.
    private const float TextWeight = 20;

    private const float Nothing = float.NegativeInfinity;

    private readonly Dictionary<ulong, List<int>> _slots = [];
    private readonly List<Member?> _members = [];
    private readonly Stack<int> _free = [];

    // What the article of each slot shares with the headline that is looked up; nothing between two look-ups.
    private readonly List<float> _shared = [];

    /// <summary>The article of a slot.</summary>
    public Member this[int slot] => _members[slot]!;

    public void Add(Member member)
    {
        member.Slot = FreeSlot();
        _members[member.Slot] = member;
        foreach (var term in TermsOf(member.Print))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_slots, term, out _) ??= new(1)).Add(member.Slot);
        }
    }

    public void Remove(Member member)
    {
        foreach (var term in TermsOf(member.Print))
        {
            if (_slots.TryGetValue(term, out var slots) && slots.Remove(member.Slot) && slots.Count == 0)
            {
                _slots.Remove(term);
            }
        }

        _members[member.Slot] = null;
        _free.Push(member.Slot);
    }

    /// <summary>The articles with the most in common, the likest first.</summary>
    public List<Member> Like(Fingerprint print)
    {
        var (gist, found) = (print.Gist, new List<int>());
        for (var i = 0; i < gist.Terms.Length; i++)
        {
            Share(gist.Terms[i], gist.Weight(i), found);
        }

        foreach (var (key, weight) in print.Profile?.Heaviest() ?? [])
        {
            Share(key, TextWeight * weight, found);
        }

        return Likest(found);
    }

    private static ulong[] TermsOf(Fingerprint print) => [.. print.Gist.Terms, .. Array.ConvertAll(print.Profile?.Heaviest() ?? [], term => term.Key)];

    private int FreeSlot()
    {
        if (_free.TryPop(out var slot))
        {
            return slot;
        }

        _members.Add(null);
        _shared.Add(Nothing);
        return _members.Count - 1;
    }

    private void Share(ulong term, float weight, List<int> found)
    {
        if (!_slots.TryGetValue(term, out var slots))
        {
            return;
        }

        var shared = CollectionsMarshal.AsSpan(_shared);
        foreach (var slot in CollectionsMarshal.AsSpan(slots)[Math.Max(0, slots.Count - LatestOfTerm)..])
        {
            if (shared[slot] == Nothing)
            {
                shared[slot] = 0;
                found.Add(slot);
            }

            shared[slot] += weight;
        }
    }

    // Of thousands of articles the few likest are kept as they come, the least like of them on top.
    private List<Member> Likest(List<int> found)
    {
        var likest = new PriorityQueue<Member, (float Shared, long Article)>(Found);
        foreach (var slot in found)
        {
            var shared = _shared[slot];
            _shared[slot] = Nothing;
            if (likest.Count < Found)
            {
                likest.Enqueue(this[slot], (shared, this[slot].Article));
            }
            else if (likest.TryPeek(out _, out var least) && shared >= least.Shared)
            {
                likest.EnqueueDequeue(this[slot], (shared, this[slot].Article));
            }
        }

        var members = new List<Member>(likest.Count);
        while (likest.TryDequeue(out var member, out _))
        {
            members.Add(member);
        }

        members.Reverse();
        return members;
    }
}
