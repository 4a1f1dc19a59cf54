using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace NewsWatch.Tests.Support;

/// <summary>A test that needs PostgreSQL: where it cannot run it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing!;
}

/// <summary>A test that needs PgBouncer before a PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PooledFactAttribute : FactAttribute
{
    public PooledFactAttribute() => Skip = PgBouncer.Missing!;
}

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.Missing!;
}

/// <summary>
/// A real PostgreSQL on loopback with a cluster of its own in a folder that is gone afterwards, for all tests of the collection that need one. It waits for no disk, unless it is told to.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Installed = "/usr/lib/postgresql";
    internal const string Account = "postgres";
    private readonly int _port = FreePorts.Next();
    private string? _folder;
    private Process? _server;
    private int _databases;
    private PgBouncer? _pool;

    /// <summary>A commit is on the disk when it is answered, as where the service really runs; else it is lost when the server is killed.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing =>
        Programs is null ? "PostgreSQL is not installed (Debian: postgresql)"
        : Environment.UserName == "root" && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{Account}:", StringComparison.Ordinal)) ? "PostgreSQL does not run as root, and there is no user postgres"
        : null;

    private static string? Programs => Directory.Exists(Installed)
        ? Directory.EnumerateDirectories(Installed).Select(version => Path.Combine(version, "bin")).Where(programs => File.Exists(Path.Combine(programs, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("newswatch-postgres-").FullName;
        var cluster = Path.Combine(_folder, "cluster");
        await RunAsync("chmod", "777", _folder);
        await RunAsync([.. As(Path.Combine(Programs!, "initdb")), "-D", cluster, "-A", "trust", "-U", Account, "-E", "UTF8", "--no-locale", "--no-sync"]);
        await File.WriteAllTextAsync(Path.Combine(cluster, "pg_hba.conf"), $"host all {Account} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_pool is not null)
        {
            await _pool.DisposeAsync();
        }

        await KillAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Starts the server; what it held when it was killed is there.</summary>
    public async Task StartAsync()
    {
        string[] command =
        [
            .. As(Path.Combine(Programs!, "postgres")), "-D", Path.Combine(_folder!, "cluster"), "-p", _port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "shared_buffers=16MB", "-c", "max_connections=100", .. IsDurable ? [] : (string[])["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
        ];
        _server = Start(command);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                started.TrySetResult();
            }
        };
        _server.BeginErrorReadLine();
        await started.Task;
    }

    /// <summary>Ends the server at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"newswatch_{Interlocked.Increment(ref _databases)}");
        await RunAsync(To("postgres"), $"CREATE DATABASE {name}");
        return To(name);
    }

    /// <summary>Creates an empty database, reached through a PgBouncer that pools by transaction.</summary>
    /// <returns>Its connection string there.</returns>
    public async Task<string> CreatePooledAsync() => await PooledAsync(await CreateAsync());

    /// <summary>The way to a database through a PgBouncer that pools by transaction.</summary>
    public async Task<string> PooledAsync(string database)
    {
        _pool ??= await PgBouncer.StartAsync(_port, _folder!);
        return new NpgsqlConnectionStringBuilder(database) { Port = _pool.Port }.ToString();
    }

    /// <summary>Creates an empty database of another server.</summary>
    /// <param name="server">The connection string of a database there.</param>
    public static string Create(string server)
    {
        var database = new NpgsqlConnectionStringBuilder(server) { Database = $"newswatch_{Guid.NewGuid():N}" };
        using var source = NpgsqlDataSource.Create(server);
        using var command = source.CreateCommand($"CREATE DATABASE {database.Database}");
        command.ExecuteNonQuery();
        return database.ToString();
    }

    /// <summary>Runs a statement beside the service.</summary>
    public static async Task RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How often transactions of a database waited for each other in a circle, as the server counts it of connections that have ended.</summary>
    public static async Task<int> DeadlocksAsync(string database) =>
        int.Parse((await AskAsync(database, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))[0], CultureInfo.InvariantCulture);

    /// <summary>The first column of a query.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        }

        return rows;
    }

    /// <summary>Gives a database to a user of its own, who must say a password.</summary>
    /// <returns>How that user connects with it.</returns>
    public static async Task<string> GiveAsync(string database, string password)
    {
        var place = new NpgsqlConnectionStringBuilder(database);
        await RunAsync(database, $"CREATE ROLE {place.Database} LOGIN PASSWORD '{password}'; ALTER DATABASE {place.Database} OWNER TO {place.Database}");
        return new NpgsqlConnectionStringBuilder(database) { Username = place.Database, Password = password }.ToString();
    }

    private string To(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={Account};Database={database}");

    /// <summary>PostgreSQL refuses to run as root.</summary>
    internal static string[] As(string program) =>
        Environment.UserName == "root" ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", program] : [program];

    private static Process Start(params string[] command) =>
        Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Concat(output));
    }
}

/// <summary>The tests that share the one PostgreSQL server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgres : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
