using System.Collections.Concurrent;
using System.Data.Common;

namespace NewsWatch.Storage;

/// <summary>
/// Connections that read a SQLite file. One that was used stays open for the next read, with what it has prepared: a query is parsed and planned once for each connection, which is most of the
/// work of a short one. Safe for several threads.
/// </summary>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
    /// <summary>So many stay open; when more read at the same time, the others are closed after their read.</summary>
    private const int MostOpen = 8;

    /// <summary>Pages that a reader keeps in memory. It needs few: each commit of the writer makes it forget them.</summary>
    private const int CacheKiB = 1024;

    // The one used last is used next: what it has prepared and read is the freshest.
    private readonly ConcurrentStack<Reader> _idle = new();
    private volatile bool _isClosed;

    /// <summary>A connection that sees everything committed before. To dispose of it gives it back.</summary>
    public DbConnection Open()
    {
        if (_idle.TryPop(out var idle))
        {
            return idle;
        }

        var reader = new Reader(connectionString, this);
        try
        {
            reader.Open();
            Statement.Execute(reader, $"PRAGMA cache_size=-{CacheKiB}");
            return reader;
        }
        catch
        {
            reader.Close();
            throw;
        }
    }

    /// <summary>Closes those that nobody reads from; the others are closed after their read.</summary>
    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private bool Keep(Reader reader)
    {
        if (_isClosed || _idle.Count >= MostOpen)
        {
            return false;
        }

        _idle.Push(reader);
        if (_isClosed)
        {
            Dispose(); // it was closed meanwhile, and may not have seen this one
        }

        return true;
    }

    private sealed class Reader(string connectionString, SqliteReaders readers) : PreparedConnection(connectionString)
    {
        protected override void Dispose(bool disposing)
        {
            if (!disposing || State != System.Data.ConnectionState.Open || !readers.Keep(this))
            {
                base.Dispose(disposing);
            }
        }
    }
}
