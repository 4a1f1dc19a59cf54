using System.Data.Common;
using Dapper;
using NewsWatch.Storage.Locks;

namespace NewsWatch.Storage;

/// <summary>
/// What a store reads and writes with: a connection to the database, inside the transaction of its unit of work when it writes. It belongs to one thread and
/// ends with the call that handed it out. SQL goes in as text that every engine understands; rows come out as <see cref="RowMapping"/> says.
/// </summary>
public sealed class Session(DbConnection connection)
{
    /// <summary>So many statements cross a network together.</summary>
    private const int MostTogether = 500;

    private readonly PostgresLocks? _locks;

    private List<Action>? _afterCommit;

    /// <summary>For the writer.</summary>
    internal Session(IWriter writer)
        : this(writer.Connection) => _locks = writer.Locks;

    /// <summary>For the files of the engine.</summary>
    internal DbConnection Connection => connection;

    /// <summary>For the files of the engine: PostgreSQL runs the statements, not SQLite.</summary>
    internal bool IsPostgres => connection is PostgresConnection;

    /// <summary>Returns all rows.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">An object whose properties are the parameters of <paramref name="sql"/>.</param>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) => connection.Query<T>(Text(sql), parameters).AsList();

    /// <summary>Returns the only row.</summary>
    /// <exception cref="InvalidOperationException">There is no row, or there are several.</exception>
    public T QuerySingle<T>(string sql, object? parameters = null) => connection.QuerySingle<T>(Text(sql), parameters);

    /// <summary>Returns the only row, or the default of <typeparamref name="T"/> if there is none.</summary>
    /// <exception cref="InvalidOperationException">There are several rows.</exception>
    public T? QuerySingleOrDefault<T>(string sql, object? parameters = null) => connection.QuerySingleOrDefault<T>(Text(sql), parameters);

    /// <summary>Returns the first row, or the default of <typeparamref name="T"/> if there is none.</summary>
    public T? QueryFirstOrDefault<T>(string sql, object? parameters = null) => connection.QueryFirstOrDefault<T>(Text(sql), parameters);

    /// <summary>Returns the first column of the first row, or the default of <typeparamref name="T"/> if there is no row or the column is null.</summary>
    public T? ExecuteScalar<T>(string sql, object? parameters = null) => connection.ExecuteScalar<T>(Text(sql), parameters);

    /// <summary>Runs statements and returns how many rows they changed. A list of parameter objects runs the statement once for each of them.</summary>
    public int Execute(string sql, object? parameters = null) => connection is PostgresConnection postgres && parameters is IEnumerable<object> many
        ? many.Chunk(MostTogether).Sum(some => postgres.Together(() => postgres.Execute(Text(sql), some)))
        : connection.Execute(Text(sql), parameters);

    /// <summary>
    /// Runs statements of which nobody asks how many rows they changed. Where statements cross a network they go with the next one, or with the commit: what they fail with, that fails with.
    /// </summary>
    public void Write(string sql, object? parameters = null)
    {
        if (connection is not PostgresConnection postgres)
        {
            connection.Execute(Text(sql), parameters);
            return;
        }

        foreach (var some in parameters is IEnumerable<object> many ? many.Chunk(MostTogether) : (IEnumerable<object?>)[parameters])
        {
            postgres.PutOff(() => postgres.Execute(Text(sql), some));
            if (postgres.Waiting.Count >= MostTogether)
            {
                postgres.Waiting.Send();
            }
        }
    }

    /// <summary>
    /// Runs this when the unit of work is committed: log lines, signals, whatever is not in the database. A unit may run twice, and what the first run did outside
    /// of the database would stay.
    /// </summary>
    public void AfterCommit(Action act) => (_afterCommit ??= []).Add(act);

    /// <summary>For the engine: the unit of work is committed.</summary>
    internal void Committed() => _afterCommit?.ForEach(act => act());

    /// <summary>What follows a table's name so that the engine reads this index, where it would choose another; empty for an engine that chooses well.</summary>
    public string Hint(string index) => IsPostgres ? "" : $"INDEXED BY {index}";

    /// <summary>What follows a SELECT of rows that are about to be changed: those that another process is changing are left out.</summary>
    public string SkipLocked => IsPostgres ? " FOR NO KEY UPDATE SKIP LOCKED" : "";

    /// <summary>The number that the next row of a table gets, as an expression.</summary>
    public string NextNumber(string table) => _locks?.NextNumber(table) ?? $"(SELECT coalesce(max(id), 0) + 1 FROM {table})";

    /// <summary>
    /// From here to the end of the transaction nobody else writes about these things. Where somebody does, the unit of work begins again when that has ended. On a file, and for who only
    /// reads, it does nothing.
    /// </summary>
    /// <returns>True where that is new: what was read of it before may be old.</returns>
    public bool Lock(params IEnumerable<LockKey> keys) => _locks?.Take(connection, keys) == true;

    /// <summary>The same without beginning again: false where somebody else writes about it.</summary>
    /// <param name="key">Asked for only where it matters.</param>
    public bool TryLock(Func<LockKey> key) => _locks?.TryTake(connection, key()) != false;

    /// <summary>The unit of work goes on only while no other process writes; else it begins again when none does.</summary>
    public void LockEverything() => _locks?.BeAlone();

    /// <summary>From here on, what this connection deletes is overwritten in the file. PostgreSQL does that when it vacuums.</summary>
    public void OverwriteDeleted()
    {
        if (!IsPostgres)
        {
            Execute("PRAGMA secure_delete = ON");
        }
    }

    private string Text(string sql) => ListParameter.Instance.TextOf(sql, IsPostgres);
}
