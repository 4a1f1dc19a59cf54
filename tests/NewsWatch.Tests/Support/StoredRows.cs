using System.Collections;
using System.Globalization;
using System.Reflection;
using Dapper;
using NewsWatch.Storage;

namespace NewsWatch.Tests.Support;

/// <summary>Rows by table and column, where no store reads or writes what a test is about.</summary>
internal static partial class Stored
{
    /// <summary>Writes a row.</summary>
    /// <param name="values">Its columns: <c>new { source = "wire", state = "new" }</c>.</param>
    public static void Add(Session db, string table, object values)
    {
        var columns = Named(values).Select(column => column.Name).ToList();
        db.Execute($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})", values);
    }

    /// <summary>Changes columns of all rows, or of those that have these values.</summary>
    /// <returns>The number of rows.</returns>
    public static int Set(Session db, string table, object values, object? having = null) =>
        db.Execute($"UPDATE {table} SET {string.Join(", ", Named(values).Select(column => $"{column.Name} = @{column.Name}"))}{Where(having)}", All(values, having));

    /// <summary>Deletes all rows, or those that have these values.</summary>
    public static void Delete(Session db, string table, object? having = null) => db.Execute($"DELETE FROM {table}{Where(having)}", All(null, having));

    /// <summary>How many rows there are, or how many have these values: null stands for none, a list for any of it.</summary>
    public static long Count(Session db, string table, object? having = null) => db.ExecuteScalar<long>($"SELECT count(*) FROM {table}{Where(having)}", All(null, having));

    /// <summary>A column of all rows, or of those that have these values, in the order in which they were written where rows have numbers.</summary>
    public static IReadOnlyList<T> Column<T>(Session db, string table, string column, object? having = null) => Rows<T>(db, table, column, having);

    /// <summary>The same of several columns, as a tuple.</summary>
    /// <param name="columns">Names with commas between them.</param>
    public static IReadOnlyList<T> Rows<T>(Session db, string table, string columns, object? having = null) =>
        db.Query<T>($"SELECT {columns} FROM {table}{Where(having)}{(Unnumbered.Contains(table) ? "" : " ORDER BY id")}", All(null, having));

    /// <summary>What the database says that each of several columns of all rows is, as one text.</summary>
    public static IReadOnlyList<string> Texts(Session db, string table, params string[] columns) =>
        [.. db.Query<dynamic>($"SELECT {string.Join(", ", columns)} FROM {table}").Select(row => string.Join(' ', ((IDictionary<string, object?>)row).Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))))];

    private static readonly string[] Unnumbered = ["due", "fact", "page", "placement", "unsubscribed", "unsubscribe_name", "verdict"];

    private static string Where(object? having) => having is null ? "" : " WHERE " + string.Join(" AND ", Named(having).Select(column => column.GetValue(having) switch
    {
        null => $"{column.Name} IS NULL",
        IEnumerable and not string => $"{column.Name} IN @having_{column.Name}",
        _ => $"{column.Name} = @having_{column.Name}",
    }));

    private static DynamicParameters All(object? values, object? having)
    {
        var parameters = new DynamicParameters(values);
        foreach (var column in having is null ? [] : Named(having).Where(column => column.GetValue(having) is not null))
        {
            parameters.Add("having_" + column.Name, column.GetValue(having));
        }

        return parameters;
    }

    private static PropertyInfo[] Named(object values) => values.GetType().GetProperties();
}
