namespace NewsWatch.Tests.Simulation;

/// <summary>What must hold after any month; each broken promise says what happened.</summary>
internal static class Promises
{
    private const int MaxCopies = 3;

    public static IEnumerable<string> Broken(Month month) =>
    [
        .. NoLoss(month), .. StableIds(month), .. NoDuplicates(month), .. NoFlood(month), .. NothingStuck(month), .. NoSilence(month), .. OneState(month),
    ];

    /// <summary>I1: what was seen and matches reached everybody, or is dead and the operator was told.</summary>
    private static IEnumerable<string> NoLoss(Month month)
    {
        var dead = month.Service.Ask<long>("SELECT count(*) FROM delivery WHERE state = 'dead' AND kind <> 'notice'");
        foreach (var subscriber in new[] { "anna", "room" })
        {
            var told = month.Mailbox.Arrivals.Where(arrival => arrival.Subscriber == subscriber).SelectMany(arrival => arrival.About).ToHashSet();
            var missing = month.Happenings.Where(about => about is { Matches: true, IsOld: false, WasSeen: true, WasBaseline: false } && !told.Contains(about.Number)).ToList();
            var died = month.Service.Ask<long>($"SELECT count(*) FROM delivery WHERE state = 'dead' AND subscriber = '{subscriber}'");
            if (missing.Count > died)
            {
                yield return $"I1: {subscriber} was never told of {missing.Count} , {died} deliveries are dead; {month.Service.Trace(missing[^1].Number)}";
            }
        }

        if (dead > 0 && month.Service.Ask<long>("SELECT count(*) FROM delivery WHERE kind = 'notice' AND (key LIKE 'notice/dead/%' OR key LIKE 'notice/quarantine/%')") == 0)
        {
            yield return $"I1: {dead} deliveries are dead and the operator was not told";
        }
    }

    /// <summary>I2: every copy of a message is the same message.</summary>
    private static IEnumerable<string> StableIds(Month month) => month.Mailbox.Arrivals
        .GroupBy(arrival => arrival.Bundle)
        .Where(copies => copies.Select(copy => string.Join(',', copy.AlertKeys)).Distinct().Count() > 1)
        .Select(copies => $"I2: {copies.Key} arrived with different contents");

    /// <summary>I3 and I4: one copy, and one more at most for each death after the server's acceptance; never more than three.</summary>
    private static IEnumerable<string> NoDuplicates(Month month)
    {
        var copies = month.Mailbox.Arrivals.GroupBy(arrival => arrival.Bundle).Select(group => (group.Key, Count: group.Count())).ToList();
        if (copies.Sum(copy => copy.Count - 1) is var extra && extra > month.Mailbox.DeathsAfterAcceptance)
        {
            yield return $"I3: {extra} extra copies after {month.Mailbox.DeathsAfterAcceptance} deaths between acceptance and commit";
        }

        foreach (var (bundle, count) in copies.Where(copy => copy.Count > MaxCopies))
        {
            yield return $"I4: {bundle} arrived {count} times";
        }

        foreach (var twice in month.Mailbox.Arrivals.DistinctBy(arrival => arrival.Bundle)
            .SelectMany(arrival => arrival.About.Select(about => (arrival.Subscriber, about)))
            .GroupBy(told => told).Where(told => told.Count() > 1 && IsOneStory(month, told.Key.about)))
        {
            yield return $"I3: {twice.Key.Subscriber} was told of {twice.Key.about} in {twice.Count()} messages; {month.Service.Trace(twice.Key.about)}";
        }
    }

    /// <summary>
    /// A happening that was there before watching began, came a day late from another source, or whose first headline was edited away while the process was
    /// dead, may count as two.
    /// </summary>
    private static bool IsOneStory(Month month, int number) =>
        !month.Happenings[number - 1].WasBaseline && month.Service.SeenWithinADay(number) && !month.Service.WasEditedUnseen(number);

    /// <summary>I5: the first look tells nothing, old news is no news, and in no window are there more messages than the cap.</summary>
    private static IEnumerable<string> NoFlood(Month month)
    {
        var told = month.Mailbox.Arrivals.SelectMany(arrival => arrival.About).ToHashSet();
        foreach (var about in month.Happenings.Where(about => told.Contains(about.Number) && (about.IsOld || !about.Matches || (about.WasBaseline && !about.WasSeen))))
        {
            yield return $"I5: {about.Number} was told (old {about.IsOld}, matches {about.Matches}, baseline {about.WasBaseline})";
        }

        var cap = Month.Anna.Cap;
        var single = month.Mailbox.Arrivals.Where(arrival => arrival is { Subscriber: "anna", Kind: "alert" }).DistinctBy(arrival => arrival.Bundle).Select(arrival => arrival.At).Order().ToList();
        if (single.Exists(end => single.Count(at => at > end - cap.Window && at <= end) > cap.Count))
        {
            yield return $"I5: more than {cap.Count} messages to anna in {cap.Window}";
        }
    }

    /// <summary>I6: nothing waits at the end, whatever the other channel did meanwhile; notices that gather into one message may.</summary>
    private static IEnumerable<string> NothingStuck(Month month)
    {
        if (month.Service.Ask<long>("SELECT count(*) FROM delivery WHERE state NOT IN ('sent', 'dead') AND NOT (kind = 'notice' AND state = 'held')") is var waiting and > 0)
        {
            yield return $"I6: {waiting} deliveries still wait, of them: {month.Service.Ask<string>("SELECT group_concat(key || ' ' || state) FROM delivery WHERE state NOT IN ('sent', 'dead') AND NOT (kind = 'notice' AND state = 'held')")}";
        }

        if (month.Service.Ask<long>("SELECT count(*) FROM item WHERE state IN ('new', 'failed')") is var items and > 0)
        {
            yield return $"I6: {items} items still wait or failed";
        }
    }

    /// <summary>I7: a source that failed three times in a row was told.</summary>
    private static IEnumerable<string> NoSilence(Month month)
    {
        var failing = month.Papers.Sum(paper => paper.LongOutages);
        var told = month.Service.Ask<long>("SELECT count(*) FROM delivery WHERE key LIKE 'notice/source/%/failing/%'");
        if (told != failing)
        {
            yield return $"I7: {failing} long outages of sources, {told} told";
        }
    }

    /// <summary>I8: what the sources show and what is on record agree; the file is whole.</summary>
    private static IEnumerable<string> OneState(Month month)
    {
        foreach (var paper in month.Papers)
        {
            var unknown = paper.Shown.Count(entry => !month.Service.Knows(paper.Id, entry.About.Number));
            if (unknown > 0)
            {
                yield return $"I8: {unknown} entries of {paper.Id} are not on record";
            }
        }

        if (month.Service.Ask<string>("PRAGMA integrity_check") is not "ok")
        {
            yield return "I8: the database is damaged";
        }
    }
}
