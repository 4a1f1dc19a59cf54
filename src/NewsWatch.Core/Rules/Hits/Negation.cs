using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>
/// Finds the words that negate a place in a text ("there wouldn't be a cease-fire", "a truce was ruled out"). English; a flag, never a verdict. The words around a
/// hit are looked at when it asks.
/// </summary>
internal sealed class Negation
{
    // Words that may stand between the cue and the hit.
    private const int Reach = 5;
    private const int ReachBehind = 5;
    private static readonly Dictionary<ulong, Role> Roles = Index();
    private static readonly BitFilter Filter = FilterOf(Roles.Keys);
    private Role[] _roles = new Role[1024];
    private bool _ready;

    private enum Role : byte
    {
        /// <summary>Nobody has asked yet.</summary>
        Unread,

        None,

        /// <summary>Negates what follows: "without", "wouldn't".</summary>
        Cue,

        /// <summary>Negates what follows, unless "only" and the like come next.</summary>
        Not,

        /// <summary>Negates what follows, unless "doubt" and the like come next.</summary>
        No,

        /// <summary>A form of "rule", negates with "out" behind it.</summary>
        Rule,

        Out,

        /// <summary>Takes a "not" back.</summary>
        Only,

        /// <summary>Takes a "no" back.</summary>
        Doubt,

        /// <summary>Begins another clause.</summary>
        Barrier,

        /// <summary>"be", "been", "was": may stand between a hit and "ruled out".</summary>
        Be,

        /// <summary>What a negated verb behind a hit says: "happen", "hold".</summary>
        Happen,
    }

    /// <summary>Forgets the last document.</summary>
    public void Begin() => _ready = false;

    /// <summary>The cue, as it is written, that negates the tokens from <paramref name="start"/> to before <paramref name="end"/>; null when there is none.</summary>
    public string? CueOf(TokenStream tokens, string text, int start, int end)
    {
        if (!_ready)
        {
            Clear(tokens.Count);
        }

        return Before(tokens, text, start) ?? Behind(tokens, text, end);
    }

    private static Dictionary<ulong, Role> Index()
    {
        var roles = new Dictionary<ulong, Role>();
        Add("never without cannot neither nor denied denies deny denying none nobody nothing lack absence "
            + "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't mustn't needn't mightn't ain't", Role.Cue);
        Add("not", Role.Not);
        Add("no", Role.No);
        Add("ruled rule rules ruling", Role.Rule);
        Add("out", Role.Out);
        Add("only just merely simply least necessarily", Role.Only);
        Add("doubt wonder surprise matter less fewer", Role.Doubt);
        Add("but although though however because unless until while whereas which who before after by since", Role.Barrier);
        Add("be been being was were is are has have had now also again firmly flatly", Role.Be);
        Add("happen take hold materialise materialize occur", Role.Happen);
        return roles;

        void Add(string words, Role role)
        {
            foreach (var word in words.Split(' '))
            {
                roles.Add(WordHash.Of(word), role);
            }
        }
    }

    private static BitFilter FilterOf(IReadOnlyCollection<ulong> hashes)
    {
        var filter = new BitFilter(hashes.Count);
        foreach (var hash in hashes)
        {
            filter.Add(hash);
        }

        return filter;
    }

    private void Clear(int tokens)
    {
        if (_roles.Length < tokens)
        {
            _roles = new Role[tokens * 2];
        }

        _roles.AsSpan(0, tokens).Clear();
        _ready = true;
    }

    private Role RoleOf(TokenStream tokens, int token)
    {
        if (_roles[token] == Role.Unread)
        {
            var hash = tokens.Hash[token];
            _roles[token] = Filter.MayHold(hash) && Roles.TryGetValue(hash, out var role) ? role : Role.None;
        }

        return _roles[token];
    }

    private string? Before(TokenStream tokens, string text, int start)
    {
        for (var i = start - 1; i >= 0 && i >= start - 1 - Reach; i--)
        {
            var role = RoleOf(tokens, i);
            if (tokens.Marks[i + 1].Has(TokenMarks.Sentence) || role == Role.Barrier)
            {
                return null;
            }

            if (role == Role.Out && i > 0 && RoleOf(tokens, i - 1) == Role.Rule)
            {
                return IsTakenBack(tokens, i - 1) ? null : text[tokens.Start[i - 1]..tokens.End[i]];
            }

            if (role is Role.Cue or Role.Not or Role.No)
            {
                var next = i + 1 < start ? RoleOf(tokens, i + 1) : Role.None;
                var takenBack = next == Role.Only || (role == Role.No && next == Role.Doubt) || tokens.Marks[i + 1].Has(TokenMarks.Pause);
                return takenBack ? null : text[tokens.Start[i]..tokens.End[i]];
            }
        }

        return null;
    }

    // "Would not rule out a truce" leaves it open.
    private bool IsTakenBack(TokenStream tokens, int rule) => Enumerable.Range(1, Math.Min(2, rule)).Any(back => RoleOf(tokens, rule - back) is Role.Not or Role.Cue or Role.No);

    // "A truce has been ruled out", "the talks will not happen".
    private string? Behind(TokenStream tokens, string text, int end)
    {
        for (var i = end; i < tokens.Count && i < end + ReachBehind; i++)
        {
            if ((tokens.Marks[i] & (TokenMarks.Sentence | TokenMarks.Pause)) != TokenMarks.None)
            {
                return null;
            }

            var next = i + 1 < tokens.Count && !tokens.Marks[i + 1].Has(TokenMarks.Sentence) ? RoleOf(tokens, i + 1) : Role.None;
            switch (RoleOf(tokens, i))
            {
                case Role.Rule when next == Role.Out && i > end && RoleOf(tokens, i - 1) == Role.Be:
                    return text[tokens.Start[i]..tokens.End[i + 1]];
                case Role.Not or Role.Cue when next == Role.Happen:
                    return text[tokens.Start[i]..tokens.End[i]];
                case Role.Barrier:
                    return null;
            }
        }

        return null;
    }
}
