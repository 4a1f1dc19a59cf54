using System.Data.Common;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// Statements whose answers nobody waits for: they cross the network together with the next one whose answer somebody does, in the order in which they came. Where one of them fails, that command
/// fails, and nothing behind it was carried out.
/// </summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch _batch = connection.CreateBatch();
    private readonly List<Action<DbDataReader>> _reads = [];
    private bool _isSent;

    /// <summary>How many are put off.</summary>
    public int Count => _isSent ? 0 : _batch.BatchCommands.Count;

    /// <summary>Whether all statements but the last were carried out when they were sent: only then was the last one tried.</summary>
    public bool CameToLast => _batch.BatchCommands.Count < 2 || _batch.BatchCommands[^2].StatementType != StatementType.Unknown;

    /// <summary>Puts a statement off.</summary>
    /// <param name="parameters">Copied.</param>
    /// <param name="read">Reads its rows; null for a statement that has none.</param>
    public void Add(string sql, IEnumerable<NpgsqlParameter> parameters, Action<DbDataReader>? read = null)
    {
        if (_isSent)
        {
            Clear();
        }

        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter.Clone());
        }

        _batch.BatchCommands.Add(statement);
        if (read is not null)
        {
            _reads.Add(read);
        }
    }

    /// <summary>Forgets the statements that are put off.</summary>
    public void Clear()
    {
        _batch.BatchCommands.Clear();
        _reads.Clear();
        _isSent = false;
    }

    /// <summary>Sends the statements that are put off; the reader stands at the rows of the last one.</summary>
    public NpgsqlDataReader Read()
    {
        _isSent = true;
        var reader = _batch.ExecuteReader();
        try
        {
            foreach (var read in _reads)
            {
                read(reader);
                reader.NextResult();
            }

            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Sends the statements that are put off; returns how many rows the last of them changed.</summary>
    /// <param name="last">How many statements these are.</param>
    public int Send(int last = 1)
    {
        if (Count == 0)
        {
            return 0;
        }

        Read().Dispose(); // to the end
        return _batch.BatchCommands.Cast<NpgsqlBatchCommand>().Skip(_batch.BatchCommands.Count - last).Sum(statement => statement.RecordsAffected);
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();
}
