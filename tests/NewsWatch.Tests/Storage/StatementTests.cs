using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.Storage;

/// <summary>Every method of every store is called once with each set of made-up values: its SQL is understood, with its types, by every engine.</summary>
public abstract class StatementTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    /// <summary>Classes whose statements are an engine's own, or that read a connection string or a file.</summary>
    private static readonly string[] OfAnEngine = ["Schema", "PostgresSchema", "MigrationScript", "Statement"];

    internal static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. typeof(Session).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("NewsWatch.Storage", StringComparison.Ordinal) == true && !OfAnEngine.Contains(type.Name))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Session))
            .Where(method => method is not { DeclaringType.Name: nameof(AttemptStore), Name: nameof(AttemptStore.AddLost) }) // takes a part of a statement: DeliveryStore.Recover gives it
            .OrderBy(method => $"{method.DeclaringType!.Name}.{method.Name}", StringComparer.Ordinal),
    ];

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_statement_of_every_store_is_understood(bool isFilled)
    {
        var refused = await RefusedAsync(Database, isFilled);

        Assert.InRange(Methods.Count, 150, int.MaxValue);
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    /// <summary>The methods whose statements a database does not understand, and why.</summary>
    internal static async Task<IReadOnlyList<string>> RefusedAsync(Database database, bool isFilled)
    {
        await database.WriteAsync(Fill);
        var refused = new List<string>();
        foreach (var method in Methods)
        {
            var values = new MadeValues(isFilled);
            object?[] arguments = [.. method.GetParameters().Skip(1).Select(parameter => values.Of(parameter.ParameterType))];
            if (await FailureAsync(database, method, arguments) is { } failure && IsNotUnderstood(failure))
            {
                refused.Add($"{method.DeclaringType!.Name}.{method.Name}: {failure.Message}");
            }
        }

        return refused;
    }

    /// <summary>Whatever the method writes is undone.</summary>
    private static async Task<Exception?> FailureAsync(Database database, MethodInfo method, object?[] arguments)
    {
        var undone = new InvalidOperationException("undone");
        var failure = await Record.ExceptionAsync(() => database.WriteAsync(db =>
        {
            Call(method, db, arguments);
            throw undone;
        }));
        return failure == undone ? null : failure;
    }

    private static void Call(MethodInfo method, Session db, object?[] arguments)
    {
        if (method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [db, .. arguments], null) is System.Collections.IEnumerable rows and not string)
        {
            _ = rows.Cast<object?>().Count();
        }
    }

    /// <summary>Syntax, names, types: what no other values would change. That there is no such row, or one already, or that it cannot be read, comes after the statement was understood.</summary>
    private static bool IsNotUnderstood(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => !state.StartsWith("23", StringComparison.Ordinal),
        SqliteException { SqliteErrorCode: var code } => code != 19, // SQLITE_CONSTRAINT
        InvalidOperationException or JsonException or ArgumentException => false,
        _ => true,
    };

    /// <summary>A row in each table that others name, with the number 1 or the name "1".</summary>
    private static void Fill(Session db)
    {
        SourceStore.Add(db, new("1", "https://x.example.com/feed", TimeSpan.FromMinutes(5)), Rows.Now);
        Rows.Item(db, "1", Rows.Now);
        Rows.Alert(db, Rows.Article(db, "1"), "1");
    }
}

public sealed class SqliteStatementTests() : StatementTests(StorageEngine.Sqlite);

public sealed class RehearsedStatementTests() : StatementTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresStatementTests(PostgresServer server) : StatementTests(StorageEngine.Postgres, server);
