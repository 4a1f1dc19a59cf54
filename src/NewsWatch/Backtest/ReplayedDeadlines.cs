using NewsWatch.Configuration;
using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Backtest;

/// <summary>The deadlines of stories under one configuration, as the readings so far leave them.</summary>
internal sealed class ReplayedDeadlines(WatchConfiguration configuration)
{
    private readonly Dictionary<long, StoryDeadlines> _byStory = [];

    /// <summary>Reads what a reading says of deadlines into its story; null where nothing asks for deadlines.</summary>
    /// <param name="matches">The rules that fire in it, each with the deadlines that it asks for.</param>
    public StoryDeadlines? Read(ReplayedReading reading, IReadOnlyList<ExcerptedMatch> matches)
    {
        if (!configuration.RuleSet.AsksForDeadlines)
        {
            return null;
        }

        var found = DeadlineFacts.In(SidesMatcher.DocumentOf(reading, configuration));
        var (before, asked) = (found.Count == 0 ? null : _byStory.GetValueOrDefault(reading.Place.Story), matches.SelectMany(match => match.Deadlines).ToHashSet());
        if (before is null && asked.Count == 0)
        {
            return null;
        }

        var book = DeadlineBook.Read(before?.Deadlines ?? [], found, asked, configuration.PublisherOf(reading.Source, reading.Article.Url));
        return _byStory[reading.Place.Story] = new(reading.StoryKey!, book, before?.Told ?? []);
    }
}
