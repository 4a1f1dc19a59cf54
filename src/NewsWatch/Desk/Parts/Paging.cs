using System.Globalization;

namespace NewsWatch.Desk.Parts;

/// <summary>Rows of a page, and the addresses of the next and the first one.</summary>
/// <param name="Older">Null on the last page.</param>
/// <param name="Newest">Null on the first page.</param>
public sealed record Rows<T>(IReadOnlyList<T> These, string? Older, string? Newest);

/// <summary>Pages by the last row of the one before, so that page 1,000 costs what page 1 does and no row is shown twice while new ones come in.</summary>
public static class Paging
{
    /// <summary>Rows of a page.</summary>
    public const int Size = 50;

    /// <summary>Cuts what was read, one row more than a page, into a page and its addresses.</summary>
    /// <param name="path">The list's address.</param>
    /// <param name="filters">What it is filtered by; null values are left out.</param>
    public static Rows<T> Page<T>(IReadOnlyList<T> read, string path, bool isFirst, Func<T, string> place, params ReadOnlySpan<(string Name, string? Value)> filters)
    {
        var query = Query(filters);
        var older = read.Count > Size ? $"{path}?{query}before={Uri.EscapeDataString(place(read[Size - 1]))}" : null;
        return new([.. read.Take(Size)], older, isFirst ? null : query.Length == 0 ? path : $"{path}?{query.TrimEnd('&')}");
    }

    /// <summary>A number as a place.</summary>
    public static string Place(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Query(ReadOnlySpan<(string Name, string? Value)> filters)
    {
        var query = "";
        foreach (var (name, value) in filters)
        {
            query += value is null ? "" : $"{name}={Uri.EscapeDataString(value)}&";
        }

        return query;
    }
}
