using System.Data;
using System.Data.Common;
using Npgsql;

namespace NewsWatch.Storage.Locks;

/// <summary>
/// The locks of one transaction: advisory locks of the server, which end with it. Every transaction that writes holds the lock of the whole, together with others or alone; with others
/// it holds one for each thing that it writes about. A transaction waits only at its beginning, for things in rising order; what it comes to later it tries without waiting. So no two wait for each other.
/// </summary>
internal sealed class PostgresLocks
{
    /// <summary>Waits until no other transaction writes.</summary>
    internal const string Alone = "SELECT pg_advisory_xact_lock(7809653610)";

    private const string WithOthers = "SELECT pg_advisory_xact_lock_shared(7809653610)";
    private const string WaitForEach = "SELECT pg_advisory_xact_lock(number) FROM unnest(@numbers) AS number";
    private const string TryAlone = "SELECT pg_try_advisory_xact_lock(7809653610)";
    private const string TryMore = "SELECT bool_and(pg_try_advisory_xact_lock(number)) FROM unnest(@numbers) AS number";

    /// <summary>A transaction that holds so many takes no further unit of work that needs more.</summary>
    private const int Most = 400;

    private readonly HashSet<long> _held = [];
    private readonly List<long> _ofUnit = [];
    private bool _isAlone;

    /// <summary>The statements that a transaction begins with, each with its parameters.</summary>
    public IEnumerable<(string Sql, NpgsqlParameter[] Numbers)> Begin(LockSet locks)
    {
        _held.Clear();
        _ofUnit.Clear();
        _held.UnionWith(locks.Numbers);
        _isAlone = locks.IsWhole;
        return _isAlone ? [(Alone, [])] : locks.Numbers.Count == 0 ? [(WithOthers, [])] : [(WithOthers, []), (WaitForEach, [Parameter(locks.Numbers)])];
    }

    /// <summary>The statement that tries to get what a further unit of work needs, with its parameters; an empty one where nothing is missing, null where it is not even tried.</summary>
    public (string Sql, NpgsqlParameter[] Numbers)? TryFor(LockSet locks)
    {
        List<long> missing = _isAlone ? [] : [.. locks.Numbers.Where(number => !_held.Contains(number))];
        return locks.IsWhole && !_isAlone ? (TryAlone, [])
            : missing.Count == 0 ? ("", [])
            : _held.Count + missing.Count > Most ? null
            : (TryMore, [Parameter(missing)]);
    }

    /// <summary>What was tried for a unit of work is held, and it begins.</summary>
    public void Got(LockSet locks)
    {
        _ofUnit.Clear();
        _isAlone |= locks.IsWhole;
        _held.UnionWith(locks.Numbers);
    }

    /// <summary>What the unit of work came to was let go with all else that it did.</summary>
    public void Undone()
    {
        _held.ExceptWith(_ofUnit);
        _ofUnit.Clear();
    }

    /// <summary>Holds these, too, or leaves the unit of work.</summary>
    /// <returns>True where one was not held before: what was read of it may be old.</returns>
    /// <exception cref="LocksHeldException">Another transaction holds one.</exception>
    public bool Take(DbConnection connection, IEnumerable<LockKey> keys)
    {
        var missing = Missing(keys);
        return missing.Count > 0 && (Try(connection, missing) ? true : throw new LocksHeldException(missing));
    }

    /// <summary>Holds these, too; false where another transaction holds one.</summary>
    public bool TryTake(DbConnection connection, LockKey key) => Missing([key]) is var missing && (missing.Count == 0 || Try(connection, missing));

    /// <summary>Leaves the unit of work, unless no other transaction writes.</summary>
    /// <exception cref="LocksHeldException">Others may.</exception>
    public void BeAlone()
    {
        if (!_isAlone)
        {
            throw new LocksHeldException(null);
        }
    }

    /// <summary>The number that the next row of a table gets. While nobody else writes, the table itself says: earlier versions took numbers that the sequence knows nothing of.</summary>
    public string NextNumber(string table) => _isAlone
        ? $"setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}))"
        : $"nextval(pg_get_serial_sequence('{table}', 'id'))";

    private List<long> Missing(IEnumerable<LockKey> keys) => _isAlone ? [] : [.. keys.Select(key => key.Number).Distinct().Where(number => !_held.Contains(number))];

    private bool Try(DbConnection connection, List<long> missing)
    {
        using var command = connection.CreateCommand();
        command.CommandText = TryMore;
        command.Parameters.Add(Parameter(missing));
        if (command.ExecuteScalar() is not true)
        {
            return false;
        }

        _held.UnionWith(missing);
        _ofUnit.AddRange(missing);
        return true;
    }

    private static NpgsqlParameter Parameter(IReadOnlyList<long> numbers) => new("numbers", numbers.ToArray());
}
