using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// A connection to PostgreSQL that takes what the stores write for every engine: U+0000, which PostgreSQL stores in no text, is left out.
/// </summary>
internal sealed class PostgresConnection(NpgsqlConnection inner) : DbConnection
{
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

        public override int ExecuteNonQuery() => Clean().ExecuteNonQuery();

        public override object? ExecuteScalar() => Clean().ExecuteScalar();

        public override void Prepare() => inner.Prepare();

        protected override DbParameter CreateDbParameter() => new NpgsqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Clean().ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private NpgsqlCommand Clean()
        {
            foreach (NpgsqlParameter parameter in inner.Parameters)
            {
                if (parameter.Value is string text && text.Contains('\0', StringComparison.Ordinal))
                {
                    parameter.Value = text.Replace("\0", "", StringComparison.Ordinal);
                }
            }

            return inner;
        }
    }
}
