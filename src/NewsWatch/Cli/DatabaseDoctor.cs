using System.Globalization;
using Microsoft.Extensions.Configuration;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Cli;

/// <summary>What <c>newswatch doctor</c> says of a PostgreSQL server: whether it keeps what it answers, and how NewsWatch reaches it. Of a file it says nothing.</summary>
internal static class DatabaseDoctor
{
    private const string Subject = "database";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the server.</summary>
    public static async Task<IReadOnlyList<Finding>> LookAsync(Database database, IConfiguration settings, CancellationToken cancellationToken)
    {
        if (database.Server is not { } server)
        {
            return [];
        }

        var (inspection, roundTrip, ahead) = Ask(database);
        return
        [
            new(true, Subject, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {inspection.Version}, {server.Name}; a round trip takes {roundTrip.TotalMilliseconds:0.0} ms")),
            .. StorageSettings.Warnings(settings).Select(warning => new Finding(false, Subject, warning.ToString())),
            Durability(inspection),
            Isolation(inspection),
            Rights(inspection, HostSettings.Target(settings).Migrates),
            Limits(inspection),
            Clock(ahead),
            await SignalsAsync(server, cancellationToken),
        ];
    }

    private static (PostgresInspection Inspection, TimeSpan RoundTrip, TimeSpan Ahead) Ask(Database database)
    {
        var inspection = PostgresInspection.Of(database);
        var ahead = TimeProvider.System.GetUtcNow() - UnixTime.At(inspection.Now);
        var took = database.Read(db =>
        {
            var asked = TimeProvider.System.GetTimestamp();
            db.ExecuteScalar<long>("SELECT 1");
            return TimeProvider.System.GetElapsedTime(asked);
        });
        return (inspection, took, ahead);
    }

    private static Finding Durability(PostgresInspection server) => server switch
    {
        { Fsync: "off" } => new(false, Subject, "fsync is off: a power cut loses alerts, or the whole database. Set fsync=on at the server."),
        { Commit: "off" } => new(false, Subject, "synchronous_commit is off: a power cut loses alerts. Set synchronous_commit=on at the server, or for the role."),
        _ => new(true, Subject, $"synchronous_commit is {server.Commit}: what is committed outlasts a power cut"),
    };

    private static Finding Isolation(PostgresInspection server) => server.Isolation == "read committed"
        ? new(true, Subject, "transactions are read committed")
        : new(false, Subject, $"default_transaction_isolation is {server.Isolation}: NewsWatch is made for read committed, and its writes would fail. ALTER ROLE {server.Role} SET default_transaction_isolation = 'read committed'.");

    private static Finding Rights(PostgresInspection server, bool migrates) => (server.MayCreate, migrates) switch
    {
        (true, _) => new(true, Subject, $"{server.Role} may create tables"),
        (false, true) => new(false, Subject, $"{server.Role} may not create tables: the next version cannot bring the database to its schema. GRANT CREATE ON SCHEMA, or set Storage__Migrate=false and run newswatch migrate --schema as a role that may."),
        (false, false) => new(true, Subject, $"{server.Role} may not create tables: newswatch migrate --schema does, as another role"),
    };

    private static Finding Limits(PostgresInspection server) => server.StatementTimeout > 0
        ? new(true, Subject, string.Create(CultureInfo.InvariantCulture, $"a statement ends after {server.StatementTimeout / 1000} s at the latest"))
        : new(false, Subject, $"a statement may run for ever, because a pooler takes no limit with a connection. ALTER ROLE {server.Role} SET statement_timeout = '60s'; the same with lock_timeout = '10s' and idle_in_transaction_session_timeout = '60s'.");

    private static Finding Clock(TimeSpan ahead) => ahead.Duration() <= MaxClockDifference
        ? new(true, Subject, "its clock and this machine's agree")
        : new(false, Subject, string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the server's, by which all replicas go. Set both by NTP."));

    private static async Task<Finding> SignalsAsync(PostgresEngine server, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Patience);
        var (mark, heard, asked) = ($"x{Guid.NewGuid():N}", new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), TimeProvider.System.GetTimestamp());
        var listening = server.ListenAsync(signal => (signal == mark ? heard : null)?.TrySetResult(), over.Token);
        try
        {
            while (!heard.Task.IsCompleted && !listening.IsCompleted)
            {
                await server.SignalAsync(mark, over.Token); // again: the first may come before the server knows who listens
                await Task.WhenAny(heard.Task, listening, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, over.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // not heard in time
        }

        await over.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return heard.Task.IsCompleted
            ? new(true, Subject, string.Create(CultureInfo.InvariantCulture, $"signals to other replicas arrive within {TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds:0} ms"))
            : new(false, Subject, "signals to other replicas do not arrive: work waits for the next look, a second. Where a pooler is between, set Storage__Direct to a connection string that passes it by.");
    }
}
