using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsWatch.Storage.Shares;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>The other services hold this one for dead, and have taken its work: nothing was written. It joins them anew by itself.</summary>
public sealed class ReplicaGoneException() : Exception("this service was not heard of for 15 s; the others have taken over its work, and it joins them anew.");

/// <summary>
/// This service among those that run on one database of PostgreSQL. It has a row with its name, which it renews every 2 seconds beside all other work. Whose row
/// was not renewed for 15 seconds is gone: the others remove the row, and what it held is free. A service that finds its row removed, because its process or its
/// network stood still, joins anew.
/// </summary>
internal sealed class PostgresReplica : IAsyncDisposable
{
    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";

    private static readonly string Version = typeof(PostgresReplica).Assembly.GetName().Version!.ToString(3);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>A name whose row is not renewed for so long is that of a dead process: the next start under it takes its place.</summary>
    private static readonly TimeSpan NameIsFree = TimeSpan.FromSeconds(3);

    /// <summary>After so long a row that is not old is one that is renewed.</summary>
    private static readonly TimeSpan Patience = NameIsFree + TimeSpan.FromSeconds(1);

    private readonly PostgresEngine _engine;
    private readonly string _name;
    private readonly TimeProvider _stopwatch;
    private readonly CancellationTokenSource _closing = new();
    private readonly DatabaseClock _clock;
    private ITimer? _watch;
    private Task _beats = Task.CompletedTask;
    private volatile string? _refusal;
    private long _scripts;

    private PostgresReplica(PostgresEngine engine, string name, bool alone, TimeProvider stopwatch)
    {
        (_engine, _name, _stopwatch, _clock) = (engine, name, stopwatch, new DatabaseClock(stopwatch));
        Share = WorkShare.OfReplica(isWhole: alone, stopwatch);
    }

    /// <summary>What of the work is this service's.</summary>
    public WorkShare Share { get; }

    /// <summary>The server's clock.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>Joins the services on the database.</summary>
    /// <exception cref="DatabaseLockException">Another service has that name, or one of the two is to be alone.</exception>
    public static async Task<PostgresReplica> JoinAsync(PostgresEngine engine, string name, bool alone, TimeProvider stopwatch)
    {
        var replica = new PostgresReplica(engine, name, alone, stopwatch);
        var asked = stopwatch.GetTimestamp();
        while (!replica.TryJoin(stopwatch.GetElapsedTime(asked)))
        {
            await Task.Delay(AfterTrouble / 4, stopwatch);
        }

        replica._watch = stopwatch.CreateTimer(_ => replica.Share.Watch(), null, AfterTrouble, AfterTrouble);
        replica._beats = Task.Run(replica.BeatAsync);
        return replica;
    }

    /// <summary>Why this service may not write.</summary>
    public Exception Gone() => _refusal is { } taken ? new DatabaseLockException(taken, isTaken: true) : new ReplicaGoneException();

    /// <summary>Leaves the others, who take over at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _beats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_watch is { } watch)
        {
            await watch.DisposeAsync();
        }

        try
        {
            using var connection = _engine.ConnectForWriting();
            Statement.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"{PostgresEngine.BeginAlone}; DELETE FROM replica WHERE id = {Share.Id}; {Told}; COMMIT"));
        }
        catch (DbException)
        {
            // The server is away: the others find this service gone in their time.
        }

        _closing.Dispose();
    }

    /// <summary>Renews the row; joins anew when it is gone, unless another service has its name by now.</summary>
    internal async Task RenewAsync(CancellationToken cancellation)
    {
        var asked = _stopwatch.GetTimestamp();
        await using var renewal = _engine.Beside($"UPDATE replica SET seen = {Now} WHERE id = @id RETURNING seen, (SELECT count(*) FROM schema_script)");
        renewal.Parameters.Add(new NpgsqlParameter("id", Share.Id));
        await using (var row = await renewal.ExecuteReaderAsync(cancellation))
        {
            if (await row.ReadAsync(cancellation))
            {
                Renewed(row.GetInt64(0), asked);
                LookAtSchema(row.GetInt64(1));
                return;
            }
        }

        Share.Forget();
        try
        {
            TryJoin(Patience);
        }
        catch (DatabaseLockException taken)
        {
            _refusal = taken.Message;
            Share.End(taken);
        }
    }

    /// <summary>A newer version may have changed the schema so that this one must not work on it any more.</summary>
    private void LookAtSchema(long scripts)
    {
        if (scripts == _scripts)
        {
            return;
        }

        try
        {
            using var connection = _engine.OpenForReading();
            PostgresSchema.ExpectNoneUnknown(connection);
            _scripts = scripts;
        }
        catch (SchemaMismatchException newer)
        {
            Share.End(newer);
        }
    }

    private async Task BeatAsync()
    {
        while (!_closing.IsCancellationRequested && _refusal is null)
        {
            try
            {
                await Task.Delay(Renewal, _stopwatch, _closing.Token);
                await RenewAsync(_closing.Token);
            }
            catch (Exception trouble) when (trouble is DbException or TimeoutException && !_closing.IsCancellationRequested)
            {
                await Task.Delay(AfterTrouble, _stopwatch, _closing.Token); // what cannot reach the database either says so
            }
        }
    }

    /// <summary>Returns false while it is not known yet whether another process with this name lives.</summary>
    /// <param name="waited">For how long this process looks already.</param>
    private bool TryJoin(TimeSpan waited)
    {
        using var connection = _engine.ConnectForWriting();
        Statement.Execute(connection, PostgresEngine.BeginAlone);
        var asked = _stopwatch.GetTimestamp();
        var now = connection.ExecuteScalar<long>($"SELECT {Now}");
        var others = Others(connection, now);
        if (others.Find(other => other.Name == _name) is { Id: > 0 } same)
        {
            if (now - same.Seen < NameIsFree.TotalMilliseconds)
            {
                return waited < Patience ? false : throw Refused($"Another NewsWatch named {_name} runs on the database {_engine.Name}. Give each its own name with Storage__Replica, or stop the other one.");
            }

            connection.Execute("DELETE FROM replica WHERE id = @Id", new { same.Id });
            others.Remove(same);
        }

        Share.BeganAlone = others.Count == 0;
        if (others.Find(other => other.Alone || Share.IsWhole) is { Id: > 0 } single)
        {
            throw Refused(Share.IsWhole
                ? $"Another NewsWatch, {single.Name}, runs on the database {_engine.Name}. Stop it first: `run --once` runs alone."
                : $"`run --once` is at work on the database {_engine.Name}, as {single.Name}. Start again when it has ended.");
        }

        connection.Execute(
            "INSERT INTO replica (id, name, version, alone, started, seen, works) VALUES (@Id, @_name, @version, @IsWhole, @now, @now, 0)",
            new { Share.Id, _name, version = Version, Share.IsWhole, now });
        Statement.Execute(connection, $"{Told}; COMMIT");
        Renewed(now, asked);
        return true;
    }

    /// <summary>The services that live; the rows of the dead are removed.</summary>
    private static List<(long Id, string Name, bool Alone, long Seen)> Others(PostgresConnection connection, long now)
    {
        connection.Execute("DELETE FROM replica WHERE seen < @since", new { since = now - (long)WorkShare.GoneAfter.TotalMilliseconds });
        return [.. connection.Query<(long, string, bool, long)>("SELECT id, name, alone, seen FROM replica")];
    }

    /// <summary>Lets the others divide the work at once.</summary>
    private string Told => PostgresEngine.Signals(PostgresEngine.SharesSignal, Share.Id);

    private static DatabaseLockException Refused(string why) => new(why, isTaken: true);

    private void Renewed(long seen, long asked)
    {
        _clock.Set(UnixTime.At(seen), asked);
        Share.Renewed(asked);
    }
}
