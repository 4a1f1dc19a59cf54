using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NewsWatch.Storage;

/// <summary>
/// A connection that keeps what it has prepared: the same SQL text is parsed and planned once, not at each execution, which is most of the work of a short statement.
/// For one thread, like every SQLite connection here.
/// </summary>
internal class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>More texts than the service has; a text that is made at run time (a list of values) pushes no other out.</summary>
    private const int MaxKept = 500;

    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    /// <summary>Opens it. SQLite plans each statement once: left alone, it looks at the values of some parameters (that of a LIMIT, for one) and plans the statement anew whenever these are set.</summary>
    public override void Open()
    {
        base.Open();
        raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _kept.Values)
            {
                command.Dispose();
            }

            _kept.Clear();
        }

        base.Dispose(disposing);
    }

    /// <summary>Hands out the prepared command of a text; a text that is being executed already gets another one.</summary>
    private SqliteCommand Take(string text)
    {
        if (_kept.Remove(text, out var kept))
        {
            return kept;
        }

        var command = CreateCommand();
#pragma warning disable CA2100 // the text is the caller's, as it would be without this class
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (State != ConnectionState.Open || _kept.Count >= MaxKept || !_kept.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>A command that is the prepared one of its text, from when the text is given until the command is disposed.</summary>
    private sealed class KeptCommand(PreparedConnection connection) : DbCommand
    {
        private SqliteCommand? _inner;
        private bool _failed;

        [AllowNull]
        public override string CommandText
        {
            get => _inner?.CommandText ?? "";
            set
            {
                if (value != CommandText)
                {
                    Release();
                    _inner = connection.Take(value ?? "");
                }
            }
        }

        public override int CommandTimeout { get; set; } = connection.DefaultTimeout;

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set
            {
                if (value != CommandType.Text)
                {
                    throw new NotSupportedException($"SQLite has no commands of type {value}.");
                }
            }
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("The command belongs to its connection.");
        }

        protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        private SqliteCommand Inner => _inner ?? throw new InvalidOperationException("A command gets its text before its parameters.");

        public override void Cancel() => _inner?.Cancel();

        public override int ExecuteNonQuery() => Executed(inner => inner.ExecuteNonQuery());

        public override object? ExecuteScalar() => Executed(inner => inner.ExecuteScalar());

        public override void Prepare() => Executed(inner =>
        {
            inner.Prepare();
            return inner;
        });

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Executed(inner => inner.ExecuteReader(behavior));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Release();
            }

            base.Dispose(disposing);
        }

        /// <summary>A statement that failed is not kept.</summary>
        private T Executed<T>(Func<SqliteCommand, T> execute)
        {
            _failed = true;
            Inner.CommandTimeout = CommandTimeout;
            Inner.Transaction = (SqliteTransaction?)DbTransaction;
            NameInFull();
            var result = execute(Inner);
            _failed = false;
            return result;
        }

        /// <summary>Dapper leaves the @ of a name out, and the driver would look for each parameter under every prefix: a seventh of a write.</summary>
        private void NameInFull()
        {
            foreach (SqliteParameter parameter in Inner.Parameters)
            {
                if (!parameter.ParameterName.StartsWith('@'))
                {
                    parameter.ParameterName = '@' + parameter.ParameterName;
                }
            }
        }

        private void Release()
        {
            if (_inner is not { } inner)
            {
                return;
            }

            _inner = null;
            if (_failed)
            {
                inner.Dispose();
            }
            else
            {
                connection.Return(inner);
            }
        }
    }
}
