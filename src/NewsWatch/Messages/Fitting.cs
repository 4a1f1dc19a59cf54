namespace NewsWatch.Messages;

/// <summary>Finds how much of a list fits into a message of limited size, and cuts a list into as few messages as that takes.</summary>
internal static class Fitting
{
    /// <summary>The largest count that fits; 1 where not even that does, because a message must say something. Asks about twice the logarithm of the result.</summary>
    /// <param name="all">The number of items.</param>
    /// <param name="fits">True where so many fit; where more do, fewer do.</param>
    public static int Most(int all, Func<int, bool> fits)
    {
        var (good, bad) = (Math.Min(1, all), all + 1);
        for (var next = 2; next < bad; next = Math.Min(next * 2, all))
        {
            if (!fits(next))
            {
                bad = next;
            }
            else if ((good = next) == all)
            {
                break;
            }
        }

        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            (good, bad) = fits(middle) ? (middle, bad) : (good, middle);
        }

        return good;
    }

    /// <summary>The list in order, cut into runs each of which fits, or is a single element.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Cut<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, bool> fits)
    {
        var parts = new List<IReadOnlyList<T>>();
        for (var at = 0; at < all.Count; at += parts[^1].Count)
        {
            var from = at;
            parts.Add(Run(from, Most(all.Count - from, count => fits(Run(from, count)))));
        }

        return parts;

        IReadOnlyList<T> Run(int from, int count) => [.. all.Skip(from).Take(count)];
    }
}
