using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Processing;

/// <summary>Tells of regular expressions that ran into their time limit: what they would have found is not found, so their author must hear of it.</summary>
internal sealed partial class SlowRegexReporter(Database database, TimeProvider clock, ILogger logger)
{
    private RuleSet? _rules;
    private int _told;

    /// <summary>Logs what is slow since the last time, and tells the operator once a day.</summary>
    public async Task TellAsync(WatchConfiguration configuration, CancellationToken cancellationToken)
    {
        var slow = configuration.RuleSet.SlowRegexes;
        if (ReferenceEquals(_rules, configuration.RuleSet) && slow.Count == _told)
        {
            return;
        }

        (_rules, _told) = (configuration.RuleSet, slow.Count);
        if (slow.Count > 0)
        {
            var expressions = string.Join(", ", slow);
            Slow(logger, expressions);
            await database.WriteAsync(db => Add(db, configuration, expressions), cancellationToken);
        }
    }

    private void Add(Session db, WatchConfiguration configuration, string expressions)
    {
        var notice = new Notice(
            $"slow-expressions/{configuration.Version}/{clock.GetUtcNow().UtcDateTime:yyyyMMdd}",
            "A regular expression is too slow",
            $"These ran into their time limit of 50 ms on an article, and what they would have found there was not found: {expressions}. Write them simpler, or use NEAR.");
        OperatorNotices.Add(db, configuration, notice, clock.GetUtcNow());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Regular expressions ran into their time limit, and found nothing there: {Expressions}")]
    private static partial void Slow(ILogger logger, string expressions);
}
