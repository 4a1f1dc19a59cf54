using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>Finds the articles of the window that share telling terms with a headline.</summary>
internal sealed class WindowIndex
{
    private const int Found = 64;

    // Of a term's articles the latest are looked at: older ones of a term this common would be found by another.
    private const int LatestOfTerm = 400;

    // The weight of a text's heaviest term beside the rarities of a headline's.
    private const float TextWeight = 20;

    private readonly Dictionary<ulong, List<Member>> _members = [];

    public void Add(Member member)
    {
        foreach (var term in TermsOf(member.Print))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_members, term, out _) ??= []).Add(member);
        }
    }

    public void Remove(Member member)
    {
        foreach (var term in TermsOf(member.Print))
        {
            if (_members.TryGetValue(term, out var members) && members.Remove(member) && members.Count == 0)
            {
                _members.Remove(term);
            }
        }
    }

    /// <summary>The articles with the most in common, the likest first.</summary>
    public List<Member> Like(Fingerprint print)
    {
        var gist = print.Gist;
        var shared = new Dictionary<Member, float>();
        for (var i = 0; i < gist.Terms.Length; i++)
        {
            if (_members.TryGetValue(gist.Terms[i], out var members))
            {
                foreach (var member in CollectionsMarshal.AsSpan(members)[Math.Max(0, members.Count - LatestOfTerm)..])
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(shared, member, out _) += gist.Weight(i);
                }
            }
        }

        foreach (var term in print.Profile?.Heaviest ?? [])
        {
            AddText(term, shared);
        }

        return [.. shared.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key.Article).Take(Found).Select(pair => pair.Key)];
    }

    private static IEnumerable<ulong> TermsOf(Fingerprint print) => [.. print.Gist.Terms, .. print.Profile?.Heaviest.Select(term => term.Key) ?? []];

    private void AddText((ulong Key, float Weight) term, Dictionary<Member, float> shared)
    {
        if (_members.TryGetValue(term.Key, out var members))
        {
            foreach (var member in CollectionsMarshal.AsSpan(members)[Math.Max(0, members.Count - LatestOfTerm)..])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shared, member, out _) += TextWeight * term.Weight;
            }
        }
    }
}
