using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// A connection to PostgreSQL that takes what the stores write for every engine: U+0000, which PostgreSQL stores in no text, is left out. Statements of which nobody waits for an answer go with the next one.
/// </summary>
internal sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection
{
    private bool _putsOff;

    /// <summary>The statements that go with the next command.</summary>
    public PostgresBatch Waiting { get; } = new(inner);

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => throw new NotSupportedException("The connection is open already.");
    }

    /// <inheritdoc/>
    public override string Database => inner.Database;

    /// <inheritdoc/>
    public override string DataSource => inner.DataSource;

    /// <inheritdoc/>
    public override string ServerVersion => inner.ServerVersion;

    /// <inheritdoc/>
    public override ConnectionState State => inner.State;

    /// <summary>Puts off the statements that are executed meanwhile.</summary>
    public void PutOff(Action statements)
    {
        _putsOff = true;
        try
        {
            statements();
        }
        finally
        {
            _putsOff = false;
        }
    }

    /// <summary>Sends the statements that are executed meanwhile as one command; returns how many rows they changed.</summary>
    public int Together(Action statements)
    {
        var before = Waiting.Count;
        PutOff(statements);
        return Waiting.Send(Waiting.Count - before);
    }

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A connection stays with its database.");

    /// <inheritdoc/>
    public override void Close() => inner.Close();

    /// <inheritdoc/>
    public override void Open() => inner.Open();

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new Command(this, inner.CreateCommand());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Waiting.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Command(PostgresConnection connection, NpgsqlCommand inner) : DbCommand
    {
        [AllowNull]
        public override string CommandText
        {
            get => inner.CommandText;
#pragma warning disable CA2100 // the text is the caller's, as it would be without this class
            set => inner.CommandText = value;
#pragma warning restore CA2100
        }

        public override int CommandTimeout
        {
            get => inner.CommandTimeout;
            set => inner.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => inner.CommandType;
            set => inner.CommandType = value;
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource
        {
            get => inner.UpdatedRowSource;
            set => inner.UpdatedRowSource = value;
        }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("The command belongs to its connection.");
        }

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => inner.Transaction;
            set => inner.Transaction = (NpgsqlTransaction?)value;
        }

        public override void Cancel() => inner.Cancel();

        public override int ExecuteNonQuery()
        {
            Clean();
            return !GoesWithOthers ? inner.ExecuteNonQuery() : connection._putsOff ? Wait() : WithWaiting().Send();
        }

        public override object? ExecuteScalar()
        {
            using var reader = ExecuteDbDataReader(CommandBehavior.Default);
            return reader.Read() ? reader.GetValue(0) : null;
        }

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => new NpgsqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Clean();
            return GoesWithOthers ? WithWaiting().Read() : inner.ExecuteReader(behavior);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>A text of several statements goes by itself, behind those that wait.</summary>
        private bool GoesWithOthers
        {
            get
            {
                if (inner.CommandText.Contains(';', StringComparison.Ordinal))
                {
                    connection.Waiting.Send();
                    return false;
                }

                return connection._putsOff || connection.Waiting.Count > 0;
            }
        }

        private int Wait()
        {
            connection.Waiting.Add(inner.CommandText, inner.Parameters);
            return 0;
        }

        private PostgresBatch WithWaiting()
        {
            Wait();
            return connection.Waiting;
        }

        private void Clean()
        {
            foreach (NpgsqlParameter parameter in inner.Parameters)
            {
                if (parameter.Value is string text && text.Contains('\0', StringComparison.Ordinal))
                {
                    parameter.Value = text.Replace("\0", "", StringComparison.Ordinal);
                }
            }
        }
    }
}
