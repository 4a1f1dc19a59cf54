using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>What an operator's connection string must say, what it becomes, and what a server must be like.</summary>
internal static class PostgresSetup
{
    /// <summary>The most connections of a replica, unless the operator says otherwise.</summary>
    internal const int DefaultConnections = 16;

    private const string Example = "Write e.g. Host=db.example.com;Database=newswatch;Username=newswatch;Password=...;SSL Mode=VerifyFull";

    /// <summary>In milliseconds: a statement, a wait for a lock, and a transaction that nobody goes on with, end by themselves at the server.</summary>
    private const string Limits = "-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000";

    /// <summary>A change of the schema takes as long as it takes.</summary>
    private const string NoLimits = "-c statement_timeout=0 -c lock_timeout=0";

    /// <summary>What is wrong with a connection string, without any value in it; null for a good one.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 } ? null : $"the connection string names no Host or no Database. {Example}";
        }
        catch (ArgumentException)
        {
            return UnknownKeyword(connectionString) is { } unknown
                ? $"the connection string has the keyword \"{unknown}\", which Npgsql does not know. {Example}"
                : $"the connection string has a value that does not fit its keyword, or no keyword at all. {Example}";
        }
    }

    /// <summary>Why somebody between here and the server could read or change what is sent; null when nobody can, or nobody is between.</summary>
    /// <param name="connectionString">A good one.</param>
    public static string? Exposure(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return settings.SslMode == SslMode.VerifyFull || settings.Host!.Split(',').All(IsHere)
            ? null
            : $"with SSL Mode={settings.SslMode} somebody between here and {settings.Host} can pose as the server. Write SSL Mode=VerifyFull, and Root Certificate=/path where the server's authority is your own.";
    }

    /// <summary>The connection string of a replica's connections.</summary>
    /// <param name="connectionString">A good one.</param>
    /// <param name="replica">What PostgreSQL calls its connections by: <c>newswatch/REPLICA</c>.</param>
    /// <param name="connections">The most that may be open at once for reading.</param>
    /// <param name="isPooled">True where a pooler such as PgBouncer is between: it takes no limits with the connection, and the role's own ones count (<c>ALTER ROLE ... SET statement_timeout</c>).</param>
    public static string Complete(string connectionString, string replica, int connections, bool isPooled)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = $"newswatch/{replica}", MaxPoolSize = connections };
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, connections);
        settings.Options = isPooled ? settings.Options : $"{Limits} {settings.Options}".TrimEnd();
        return settings.ToString();
    }

    /// <summary>Brings the database to this version's schema over a connection of its own, without a limit of time; or only looks at it, where somebody else brings it there.</summary>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="SchemaMismatchException">The database has another schema, or is none that NewsWatch can work with.</exception>
    public static void Prepare(string connectionString, bool migrates)
    {
        using var connection = Connect(new(connectionString) { CommandTimeout = 0 });
        if (migrates)
        {
            PostgresSchema.Migrate(connection);
            return;
        }

        Expect(connection);
        try
        {
            PostgresSchema.Expect(connection);
        }
        catch (SchemaMismatchException lack)
        {
            throw new SchemaMismatchException($"{lack.Message} Storage__Migrate is false here: newswatch migrate --to REFERENCE --schema, as a role that may, brings the database there.");
        }
    }

    /// <summary>Refuses a server that NewsWatch cannot work with.</summary>
    /// <exception cref="SchemaMismatchException">It is too old, or its database holds texts in another encoding.</exception>
    public static void Expect(DbConnection connection)
    {
        if (Refusals(connection) is { Count: > 0 } refusals)
        {
            throw new SchemaMismatchException(string.Join(' ', refusals));
        }
    }

    /// <summary>The same, asked over a connection of its own within 5 seconds.</summary>
    /// <exception cref="DbException">The server cannot be reached, or refuses.</exception>
    public static IReadOnlyList<string> Refusals(string connectionString)
    {
        using var connection = Connect(new(connectionString) { Timeout = 5 });
        return Refusals(connection);
    }

    /// <summary>Why NewsWatch cannot work with the server's database: a sentence each, with what to do.</summary>
    private static IReadOnlyList<string> Refusals(DbConnection connection)
    {
        var server = new Session(connection).QuerySingle<(long Version, string Encoding)>("SELECT current_setting('server_version_num')::bigint, current_setting('server_encoding')");
        return
        [
            .. server.Version / 10_000 is var version && version < PostgresEngine.MinMajorVersion
                ? [string.Create(CultureInfo.InvariantCulture, $"The server is PostgreSQL {version}, and NewsWatch needs {PostgresEngine.MinMajorVersion} or newer. Upgrade it, or name another.")]
                : (string[])[],
            .. server.Encoding == "UTF8" ? (string[])[] : [$"The database's encoding is {server.Encoding}, which cannot hold the texts of news. Create one with ENCODING 'UTF8' TEMPLATE template0."],
        ];
    }

    private static PostgresConnection Connect(NpgsqlConnectionStringBuilder settings)
    {
        (settings.Pooling, settings.Options) = (false, settings.Options is { Length: > 0 } limits ? $"{limits} {NoLimits}" : settings.Options);
        var connection = new PostgresConnection(new NpgsqlConnection(settings.ToString()));
        try
        {
            connection.Open();
            return connection;
        }
        catch (PostgresException refused) when (refused.MessageText.Contains("startup parameter", StringComparison.Ordinal))
        {
            connection.Dispose();
            throw new SchemaMismatchException($"A pooler is between here and the server: {refused.MessageText}. Set Storage__Direct to a connection string that passes it by.");
        }
        catch (SocketException unknown)
        {
            connection.Dispose();
            throw new NpgsqlException(unknown.Message, unknown); // the host's name does not resolve, which Npgsql leaves as it is
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsHere(string host) =>
        host.StartsWith('/') || host.StartsWith('@') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string? UnknownKeyword(string connectionString)
    {
        try
        {
            var known = new NpgsqlConnectionStringBuilder();
            return new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys!.Cast<string>().FirstOrDefault(keyword => !known.ContainsKey(keyword));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
