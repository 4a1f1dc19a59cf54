using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Storage.Transfer;

/// <summary>A table that is moved, with its columns in the order in which rows are read and written.</summary>
/// <param name="Columns">Name and type, as PostgreSQL calls it.</param>
/// <param name="Keys">The places of the columns that tell a row from others: those of its unique keys, or all of them where it has none.</param>
internal sealed record TransferTable(string Name, IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<int> Keys)
{
    /// <summary>The place of the row's number; -1 for a table without one.</summary>
    public int Id { get; } = Columns.ToList().FindIndex(column => column is { Name: "id", Type: "bigint" });

    /// <summary>The columns as both engines write them.</summary>
    public string ColumnList => ListOf(Enumerable.Range(0, Columns.Count));

    /// <summary>The rows on one side, without the character U+0000, which a server does not take.</summary>
    /// <param name="places">The columns that are read; the others are null.</param>
    public IEnumerable<object?[]> Read(DbConnection connection, IReadOnlyList<int> places)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names are those of the schema
        command.CommandText = $"SELECT {ListOf(places)} FROM \"{Name}\"";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[Columns.Count];
            for (var read = 0; read < places.Count; read++)
            {
                row[places[read]] = reader.IsDBNull(read) ? null : reader.GetValue(read) is string text ? text.Replace("\0", "", StringComparison.Ordinal) : reader.GetValue(read);
            }

            yield return row;
        }
    }

    private string ListOf(IEnumerable<int> places) => string.Join(", ", places.Select(place => $"\"{Columns[place].Name}\""));
}

/// <summary>How many rows a table has, the sum of their numbers, and of the hashes of their keys: the same wherever the same rows are, in any order.</summary>
internal readonly record struct TableSum(long Rows, long Ids, ulong Keys)
{
    /// <summary>With one more row.</summary>
    public TableSum With(TransferTable table, object?[] row) => unchecked(new(
        Rows + 1,
        Ids + (table.Id < 0 ? 0 : Convert.ToInt64(row[table.Id], CultureInfo.InvariantCulture)),
        Keys + BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', table.Keys.Select(key => Text(row[key]))))))));

    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>A table on both sides.</summary>
internal sealed record TableComparison(string Table, TableSum File, TableSum Server);

/// <summary>What came of a transfer.</summary>
internal abstract record TransferResult
{
    private TransferResult()
    {
    }

    /// <summary>Nothing was copied.</summary>
    /// <param name="Why">In a sentence, with what to do.</param>
    public sealed record Refused(string Why) : TransferResult;

    /// <summary>Both sides were compared. If they differ after a copy, the server keeps nothing of it.</summary>
    public sealed record Compared(IReadOnlyList<TableComparison> Tables, bool WasCopied) : TransferResult
    {
        /// <summary>True when every table is the same on both sides.</summary>
        public bool Agrees => Tables.All(table => table.File == table.Server);

        /// <summary>Of all tables.</summary>
        public long Rows => Tables.Sum(table => table.File.Rows);
    }
}
