using NewsWatch.Storage.Locks;
using Npgsql;
using NpgsqlTypes;

namespace NewsWatch.Storage.Transfer;

/// <summary>The PostgreSQL database that rows are copied into, all in one transaction under the lock of its writers: it holds all of them or none.</summary>
internal sealed class TransferTarget : IDisposable
{
    /// <summary>Tables that no file has, or that are made anew from others.</summary>
    private static readonly string[] Own = ["schema_script", "article_search"];

    /// <summary>Tables in which a database that was in use has rows.</summary>
    private static readonly string[] InUse = ["source", "item", "story", "delivery", "configuration", "unsubscribed", "act"];

    private readonly NpgsqlConnection _connection;

    private TransferTarget(NpgsqlConnection connection) => (_connection, Session) = (connection, new(new PostgresConnection(connection)));

    private Session Session { get; }

    /// <summary>Opens the database.</summary>
    /// <exception cref="NpgsqlException">It cannot be reached, or refuses.</exception>
    public static TransferTarget Open(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "newswatch migrate", Pooling = false, CommandTimeout = 0 }.ToString());
        try
        {
            connection.Open();
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A table that is not NewsWatch's, in a database without its schema; null when there is none.</summary>
    public string? ForeignTable()
    {
        var tables = Session.Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename");
        return tables.Contains("schema_script") || tables.Count == 0 ? null : tables[0];
    }

    /// <summary>Keeps all others from writing until <see cref="Commit"/>.</summary>
    public void Begin() => Statement.Execute(_connection, $"BEGIN; {PostgresLocks.Alone}");

    /// <summary>Which database it is; null for one that no service ran on.</summary>
    public string? Id => InstallationSettings.Get(Session, DatabaseLock.IdFact);

    /// <summary>A table with rows, in a database that was in use; null when there is none.</summary>
    public string? FilledTable() => InUse.FirstOrDefault(table => Session.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM {table})"));

    /// <summary>The tables, each behind those that it refers to.</summary>
    public IReadOnlyList<TransferTable> Tables()
    {
        var columns = Session.Query<(string Table, string Name, string Type)>(
            "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position");
        var keys = Session.Query<(string Table, string Name)>(
            """
            SELECT DISTINCT pg_class.relname::text, pg_attribute.attname::text FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indrelid
            JOIN pg_attribute ON pg_attribute.attrelid = pg_class.oid AND pg_attribute.attnum = ANY (pg_index.indkey)
            WHERE pg_index.indisunique AND pg_class.relnamespace = current_schema()::regnamespace
            """).ToHashSet();
        var references = Session.Query<(string From, string To)>(
            """
            SELECT child.relname::text, parent.relname::text FROM pg_constraint
            JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid WHERE contype = 'f' AND conrelid <> confrelid
            """).ToLookup(reference => reference.From, reference => reference.To);
        var tables = columns.GroupBy(column => column.Table).Where(table => !Own.Contains(table.Key)).ToDictionary(
            table => table.Key,
            table => new TransferTable(table.Key, [.. table.Select(column => (column.Name, column.Type))], Keys(table.Key, [.. table.Select(column => column.Name)])));
        var ordered = new List<TransferTable>();
        foreach (var table in tables.Keys)
        {
            Add(table);
        }

        return ordered;

        int[] Keys(string table, string[] names)
        {
            var all = Enumerable.Range(0, names.Length).ToArray();
            return all.Where(place => keys.Contains((table, names[place]))).ToArray() is { Length: > 0 } found ? found : all;
        }

        void Add(string name)
        {
            if (tables.Remove(name, out var table))
            {
                references[name].ToList().ForEach(Add);
                ordered.Add(table);
            }
        }
    }

    /// <summary>Empties the tables.</summary>
    public void Clear(IEnumerable<TransferTable> tables) => Statement.Execute(_connection, $"TRUNCATE {string.Join(", ", tables.Select(table => $"\"{table.Name}\""))} CASCADE");

    /// <summary>Writes the rows of a table, with their numbers; the next new row gets a higher one.</summary>
    public void Copy(TransferTable table, IEnumerable<object?[]> rows)
    {
        using (var import = _connection.BeginBinaryImport($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)"))
        {
            var types = table.Columns.Select(column => TypeOf(table, column)).ToArray();
            foreach (var row in rows)
            {
                import.StartRow();
                for (var column = 0; column < row.Length; column++)
                {
                    if (row[column] is { } value)
                    {
                        import.Write(value, types[column]);
                    }
                    else
                    {
                        import.WriteNull();
                    }
                }
            }

            import.Complete();
        }

        if (table.Id >= 0 && Session.ExecuteScalar<string?>("SELECT pg_get_serial_sequence(@name, 'id')", new { name = table.Name }) is { } sequence)
        {
            Session.Execute($"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM \"{table.Name}\"), false)");
        }
    }

    /// <summary>The rows of a table: the columns of its keys, the others null.</summary>
    public IEnumerable<object?[]> Keys(TransferTable table) => table.Read(_connection, table.Keys);

    /// <summary>Makes all of it durable.</summary>
    public void Commit() => Statement.Execute(_connection, "COMMIT");

    /// <summary>Without <see cref="Commit"/>, nothing of it stays.</summary>
    public void Dispose() => _connection.Dispose();

    private static NpgsqlDbType TypeOf(TransferTable table, (string Name, string Type) column) => column.Type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        _ => throw new NotSupportedException($"The column {table.Name}.{column.Name} has the type {column.Type}, which no file has."),
    };
}
