namespace NewsWatch.Storage.Transfer;

/// <summary>
/// Moves a SQLite file to a PostgreSQL database: every table with its numbers, compared row by row before it counts. The server has all of it or nothing, so a
/// transfer that was killed begins anew; the file is renamed last.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="connection">The connection string of the server's database.</param>
/// <param name="tell">Takes a line about the progress.</param>
internal sealed class DatabaseTransfer(string path, string connection, Action<string> tell)
{
    private const string Copied = ".migrated";

    /// <summary>Where the file is when it was moved.</summary>
    public string Moved { get; } = path + Copied;

    /// <summary>Copies the file, compares both sides, and renames the file if they agree.</summary>
    /// <exception cref="DatabaseLockException">A service runs on the file.</exception>
    public async Task<TransferResult> RunAsync()
    {
        if (!File.Exists(path))
        {
            return new TransferResult.Refused($"There is no database {path}. If it lies elsewhere, set Storage__Path; if it was moved already, it is {Moved}.");
        }

        if (File.Exists(Moved))
        {
            return new TransferResult.Refused($"{Moved} is there already, from an earlier transfer. Move it elsewhere, then run this again.");
        }

        using var taken = DatabaseLock.Take(path, newDatabase: false);
        var result = await WithBothAsync(path, CopyAsync);
        if (result is TransferResult.Compared { Agrees: true })
        {
            File.Move(path, Moved);
        }

        return result;
    }

    /// <summary>Compares the file, or what it is when it was moved, with the server's database, and changes neither.</summary>
    /// <exception cref="DatabaseLockException">A service runs on the file.</exception>
    public async Task<TransferResult> VerifyAsync()
    {
        var file = File.Exists(path) ? path : Moved;
        if (!File.Exists(file))
        {
            return new TransferResult.Refused($"There is no database {path}, nor {Moved}. If it lies elsewhere, set Storage__Path.");
        }

        using var taken = DatabaseLock.Take(file, newDatabase: false);
        return await WithBothAsync(file, (source, target) =>
        {
            target.Begin();
            return Task.FromResult<TransferResult>(new TransferResult.Compared(Compare(source, target), WasCopied: false));
        });
    }

    private async Task<TransferResult> WithBothAsync(string file, Func<TransferSource, TransferTarget, Task<TransferResult>> act)
    {
        using var target = TransferTarget.Open(connection);
        if (target.ForeignTable() is { } foreign)
        {
            return new TransferResult.Refused($"The server's database belongs to something else: it has the table {foreign}. Create one for NewsWatch and name that.");
        }

        await using (PostgresEngine.Open(connection))
        {
            // brings it to this version's schema
        }

        using var source = await TransferSource.OpenAsync(file);
        return await act(source, target);
    }

    private Task<TransferResult> CopyAsync(TransferSource source, TransferTarget target)
    {
        target.Begin();
        var isCopied = target.Id == source.Id; // and was killed before the file was renamed
        if (!isCopied && target.FilledTable() is { } filled)
        {
            return Task.FromResult<TransferResult>(new TransferResult.Refused(
                $"The server's database is in use: its table {filled} has rows. Name an empty one. (To see whether it holds this file, use --verify.)"));
        }

        if (!isCopied)
        {
            Copy(source, target);
        }

        var result = new TransferResult.Compared(Compare(source, target), WasCopied: !isCopied);
        if (result.Agrees)
        {
            CrashPoint.Reached("transfer.commit");
            target.Commit();
            CrashPoint.Reached("transfer.committed");
        }

        return Task.FromResult<TransferResult>(result);
    }

    private void Copy(TransferSource source, TransferTarget target)
    {
        var tables = Common(source, target);
        target.Clear(tables);
        foreach (var table in tables)
        {
            var rows = 0L;
            target.Copy(table, Rows(source, table).Select(row =>
            {
                rows++;
                return row;
            }));
            CrashPoint.Reached("transfer.table");
            tell(FormattableString.Invariant($"{table.Name}: {rows} rows"));
        }
    }

    private static List<TableComparison> Compare(TransferSource source, TransferTarget target) =>
    [
        .. Common(source, target).Select(table => new TableComparison(table.Name, Sum(table, source.Keys(table)), Sum(table, target.Keys(table)))),
    ];

    private static IReadOnlyList<TransferTable> Common(TransferSource source, TransferTarget target) => [.. target.Tables().Where(table => source.Has(table.Name))];

    private static TableSum Sum(TransferTable table, IEnumerable<object?[]> rows) => rows.Aggregate(default(TableSum), (sum, row) => sum.With(table, row));

    /// <summary>The server's search index is filled by the service, behind its work.</summary>
    private static IEnumerable<object?[]> Rows(TransferSource source, TransferTable table)
    {
        var searchable = table.Name == "article" ? table.Columns.ToList().FindIndex(column => column.Name == "searchable") : -1;
        foreach (var row in source.Rows(table))
        {
            if (searchable >= 0)
            {
                row[searchable] = 0L;
            }

            yield return row;
        }
    }
}
