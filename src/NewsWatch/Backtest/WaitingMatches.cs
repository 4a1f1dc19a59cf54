using NewsWatch.Core.Alerts.Replay;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>The matches of one side that wait for more sources, by story.</summary>
/// <param name="threads">The threads that are one story.</param>
internal sealed class WaitingMatches(MergedThreads threads)
{
    private readonly Dictionary<long, List<WaitingMatch>> _byStory = [];

    /// <summary>True where the story of a reading has matches that wait.</summary>
    public bool HasAny(ReplayedReading reading) => threads.Of(reading.Place.Story).Any(story => _byStory.GetValueOrDefault(story) is { Count: > 0 });

    /// <summary>Remembers a match.</summary>
    public void Add(WaitingMatch match)
    {
        if (!_byStory.TryGetValue(match.Reading.Place.Story, out var waiting))
        {
            _byStory[match.Reading.Place.Story] = waiting = [];
        }

        waiting.Add(match);
    }

    /// <summary>An article is read again: what it said before waits no more.</summary>
    public void Forget(ReplayedReading again) => _byStory.GetValueOrDefault(again.Place.Story)?.RemoveAll(one => one.Reading.Place.Article == again.Place.Article);

    /// <summary>Takes the matches out that need not wait any longer, those of the article of the reading left out; article by article, the first first.</summary>
    /// <param name="reading">The story's newest reading.</param>
    /// <param name="isMet">Whether the story has what a rule asks for.</param>
    public IReadOnlyList<IReadOnlyList<WaitingMatch>> Take(ReplayedReading reading, Func<string, bool> isMet)
    {
        var waiting = threads.Of(reading.Place.Story).Select(story => _byStory.GetValueOrDefault(story)).OfType<List<WaitingMatch>>().ToList();
        var ready = waiting.SelectMany(story => story).Where(one => one.Reading.Place.Article != reading.Place.Article && isMet(one.Match.RuleId)).ToList();
        waiting.ForEach(story => story.RemoveAll(ready.Contains));
        return
        [
            .. ready.GroupBy(one => one.Reading.Place.Article).OrderBy(article => article.Key).Select(article => article.ToList()),
        ];
    }
}

/// <summary>A match that waits for more sources.</summary>
/// <param name="IsCounted">True where it began to wait in the window.</param>
internal sealed record WaitingMatch(ReplayedReading Reading, RuleMatch Match, bool IsCounted);
