using NewsWatch.Core.Rules;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Core.Alerts.Deadlines;

/// <summary>What an article does to the deadlines of its story: a pure function.</summary>
public static class DeadlineBook
{
    /// <summary>A story has at most so many deadlines; further ones are told with their alerts and not followed.</summary>
    public const int MaxDeadlines = 5;

    /// <summary>The deadlines after an article.</summary>
    /// <param name="known">Those of the story so far, by number.</param>
    /// <param name="found">All that the article says of deadlines.</param>
    /// <param name="asked">Those of them that a rule asks for: only these begin a new one.</param>
    /// <param name="publisher">Who published it.</param>
    /// <returns>By number; what has changed has a higher sequence.</returns>
    public static IReadOnlyList<StoryDeadline> Read(IReadOnlyList<StoryDeadline> known, IReadOnlyList<DeadlineFacts> found, IReadOnlyCollection<DeadlineFacts> asked, string publisher)
    {
        var book = known.ToList();
        foreach (var facts in found)
        {
            if (IndexOf(known, found, facts, publisher) is { } at)
            {
                Say(book, at, facts, found, publisher);
            }
            else if (facts.IsStated && asked.Contains(facts) && book.Count < MaxDeadlines && !book.Exists(one => one.Is(facts)))
            {
                book.Add(new(book.Count + 1, facts, 0, publisher));
            }
        }

        return book;
    }

    // Two others who name a day that is not the first one's are believed: it has moved there, and the second deadline was this one all the time.
    private static void Say(List<StoryDeadline> book, int at, DeadlineFacts facts, IReadOnlyList<DeadlineFacts> found, string publisher)
    {
        var said = book[at];
        var moved = said.Publisher == publisher || !facts.IsStated ? -1 : book.FindIndex(one =>
            one.Number < said.Number && one.Facts.IsStated && one.Publisher != publisher && one.Publisher != said.Publisher && IsSameNamedHolder(one, facts) && !found.Any(one.Is));
        if (moved < 0)
        {
            book[at] = said.After(facts);
            return;
        }

        book[moved] = book[moved].After(facts);
        book[at] = said.Ended();
    }

    private static bool IsSameNamedHolder(StoryDeadline known, DeadlineFacts facts) => known.Facts.Holder is not null && facts.Holder is not null && known.IsSameHolder(facts);

    // Which of the known ones is spoken of; where several may be meant, none is.
    private static int? IndexOf(IReadOnlyList<StoryDeadline> known, IReadOnlyList<DeadlineFacts> found, DeadlineFacts facts, string publisher)
    {
        var all = known.Index().ToList();
        if (all.Where(one => one.Item.Is(facts)).Select(one => (int?)one.Index).FirstOrDefault() is { } same)
        {
            return same;
        }

        var moved = facts is { IsStated: true, Day: not null }
            ? all.Where(one => one.Item.Facts.IsStated && one.Item.IsSameHolder(facts) && (facts.Modality != DeadlineModality.Set || IsMovedBy(one.Item, found, facts, publisher))).ToList()
            : [];
        return moved is [var only] ? only.Index : null;
    }

    // Who set a day for somebody and now names another one for him has moved it, unless the article speaks of both.
    private static bool IsMovedBy(StoryDeadline known, IReadOnlyList<DeadlineFacts> found, DeadlineFacts facts, string publisher) =>
        publisher == known.Publisher && IsSameNamedHolder(known, facts) && !found.Any(known.Is);
}
