using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Polling;

/// <summary>Tells the operator that something of a source was given up unread; of each kind once a day and source, however much of it there is.</summary>
internal static class GivenUpNotice
{
    /// <summary>Puts the notice into the transaction that gives it up; nothing happens without an operator's address.</summary>
    /// <param name="what">E.g. "page".</param>
    /// <param name="which">What the operator can look for.</param>
    /// <param name="why">As it is stored.</param>
    public static void Add(Session db, WatchConfiguration configuration, string source, string what, string which, string why, DateTimeOffset now)
    {
        var notice = new Notice(
            string.Create(CultureInfo.InvariantCulture, $"given-up/{source}/{what}/{now.UtcDateTime:yyyyMMdd}"),
            $"A{(what[0] is 'a' ? "n" : "")} {what} of {source} was given up",
            $"{which}: {why}. It is not read again. More of the kind at this source today are in the log and in newswatch why, not in another message.")
        {
            Gathering = new($"given-up-{what}", $"{what}s were given up"),
        };
        OperatorNotices.Add(db, configuration, notice, now);
    }
}
