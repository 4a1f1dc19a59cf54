using System.Collections.Concurrent;
using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Keeps working memory between documents: matching allocates only its result. Holds at most a few; more threads at once make their own.</summary>
internal sealed class FindingsPool(CompiledRules rules)
{
    private readonly Findings?[] _spare = new Findings?[4];
    private readonly ConcurrentDictionary<string, bool> _slow = [];

    public IReadOnlyCollection<string> SlowRegexes => [.. _slow.Keys.Order(StringComparer.Ordinal)];

    public Findings Rent()
    {
        for (var i = 0; i < _spare.Length; i++)
        {
            if (Interlocked.Exchange(ref _spare[i], null) is { } findings)
            {
                return findings;
            }
        }

        return new Findings(rules.Keys, rules.Code.RuleIds.Length);
    }

    public void Return(Findings findings)
    {
        foreach (var regex in findings.SlowRegexes)
        {
            _slow[$"/{rules.Code.Regexes[regex]}/"] = true;
        }

        for (var i = 0; i < _spare.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _spare[i], findings, null) is null)
            {
                return;
            }
        }
    }
}
