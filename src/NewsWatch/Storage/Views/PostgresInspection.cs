namespace NewsWatch.Storage.Views;

/// <summary>A transaction that has been open for long: what was deleted since stays, and the tables that are queues get slower with each claim.</summary>
/// <param name="Process">The server's process, by which it is ended: <c>SELECT pg_terminate_backend(PROCESS)</c>.</param>
/// <param name="Owner">Whose it is: the role and the program.</param>
/// <param name="Milliseconds">For how long.</param>
internal sealed record OpenTransaction(long Process, string Owner, long Milliseconds)
{
    /// <summary>For how long it has been open.</summary>
    public TimeSpan Age => TimeSpan.FromMilliseconds(Milliseconds);
}

/// <summary>What a PostgreSQL server says of itself, for the doctor and for metrics.</summary>
internal sealed record PostgresInspection
{
    /// <summary>Its version, e.g. 17.2.</summary>
    public string Version { get; init; } = "";

    /// <summary><c>synchronous_commit</c>: off means that a power cut loses what was answered.</summary>
    public string Commit { get; init; } = "";

    /// <summary><c>fsync</c>.</summary>
    public string Fsync { get; init; } = "";

    /// <summary>How isolated a transaction is that does not say.</summary>
    public string Isolation { get; init; } = "";

    /// <summary><c>statement_timeout</c> in milliseconds; 0 for none.</summary>
    public long StatementTimeout { get; init; }

    /// <summary>The role that NewsWatch works as.</summary>
    public string Role { get; init; } = "";

    /// <summary>True if the role may create tables, as a new version's schema needs.</summary>
    public bool MayCreate { get; init; }

    /// <summary>The server's clock, in milliseconds.</summary>
    public long Now { get; init; }

    /// <summary>Asks.</summary>
    public static PostgresInspection Of(Database database) => database.Read(db => db.QuerySingle<PostgresInspection>(
        """
        SELECT current_setting('server_version') AS version, current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync,
          current_setting('default_transaction_isolation') AS isolation, (SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout') AS statementtimeout, current_user::text AS role,
          has_schema_privilege(current_schema(), 'CREATE') AS maycreate, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint) AS now
        """));

    /// <summary>The transaction that has been open for the longest; null for none. Those of other roles are seen only with the right to (<c>pg_monitor</c>).</summary>
    public static OpenTransaction? Oldest(Database database) => database.Read(db => db.QueryFirstOrDefault<OpenTransaction>(
        """
        SELECT pid::bigint AS process, concat(usename, ', ', coalesce(nullif(application_name, ''), 'a program without a name'), ', ', state) AS owner,
          CAST(extract(epoch FROM clock_timestamp() - xact_start) * 1000 AS bigint) AS milliseconds
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 1
        """));
}
