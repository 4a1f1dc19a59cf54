namespace NewsWatch.Storage;

/// <summary>Where the database is: in a SQLite file, or at a PostgreSQL server.</summary>
/// <param name="Path">The SQLite file; of no meaning with a connection.</param>
/// <param name="Connection">The connection string of the PostgreSQL server; null for SQLite.</param>
/// <param name="Replica">What this service is called among those on the PostgreSQL server; null for the machine's name.</param>
/// <param name="Again">Reads the connection string again, for a password that was changed; null where it does not change.</param>
internal sealed record StorageTarget(string Path, string? Connection, string? Replica = null, Func<string?>? Again = null)
{
    /// <summary>The connection string that passes through no pooler, for the schema and for signals; null for the same as all else.</summary>
    public string? Direct { get; init; }

    /// <summary>Reads <see cref="Direct"/> again, for a password that was changed; null where it does not change.</summary>
    public Func<string?>? DirectAgain { get; init; }

    /// <summary>False where only <c>newswatch migrate --schema</c> may change the schema of the PostgreSQL database.</summary>
    public bool Migrates { get; init; } = true;

    /// <summary>Opens the database beside a service, if there is one; creates it or brings it to this version's schema if needed.</summary>
    public Database Open()
    {
        if (Connection is null)
        {
            return new(Path);
        }

        PostgresSetup.Prepare(Direct ?? Connection, Migrates);
        return WithSignals(new(PostgresEngine.Open(Connection)));
    }

    /// <inheritdoc cref="Database.ForReading"/>
    public Database ForReading() => Connection is null ? Database.ForReading(Path) : new(PostgresEngine.ForReading(Connection));

    /// <summary>True when there is a database to read.</summary>
    public bool Exists => Connection is not null || File.Exists(Path);

    /// <summary>Opens the database for a service: of a file the only one, of PostgreSQL one beside others.</summary>
    /// <param name="newDatabase">The operator accepts an empty file where there was a database before.</param>
    /// <param name="alone">True for one round that runs beside no service, on PostgreSQL too.</param>
    /// <param name="tell">Takes a line for each step that brings a file of an earlier version to this one's schema.</param>
    /// <returns>The database, and for a file what keeps it from other services until it is disposed.</returns>
    /// <exception cref="DatabaseLockException">Another service runs on it and may not, or the earlier database is missing.</exception>
    public async Task<(Database Database, DatabaseLock? Lock)> TakeAsync(bool newDatabase, bool alone, DateTimeOffset now, Action<string>? tell = null)
    {
        if (Connection is not null)
        {
            PostgresSetup.Prepare(Direct ?? Connection, Migrates);
            return (WithSignals(new(await PostgresEngine.TakeAsync(Connection, Replica, alone, again: Again))), null);
        }

        var taken = DatabaseLock.Take(Path, newDatabase);
        try
        {
            var database = new Database(new SqliteEngine(Path, losesCommitsOnPowerFailure: false, tell));
            await taken.MarkAsync(database, now);
            return (database, taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private Database WithSignals(Database database)
    {
        if (Direct is not null)
        {
            database.Server!.ListenBy(Direct, DirectAgain);
        }

        return database;
    }
}
