using System.Collections.Concurrent;
using System.Data;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>
/// Lists as parameters: <c>IN @ids</c> in a statement takes a list of any length as one parameter, so that the text stays the same and is prepared once. SQLite
/// gets it as JSON, PostgreSQL as an array.
/// </summary>
internal sealed partial class ListParameter : SqlMapper.ITypeHandler
{
    private static readonly Type[] Types =
    [
        typeof(long[]), typeof(IEnumerable<long>), typeof(IReadOnlyList<long>), typeof(IReadOnlyCollection<long>), typeof(List<long>),
        typeof(string[]), typeof(IEnumerable<string>), typeof(IReadOnlyList<string>), typeof(IReadOnlyCollection<string>), typeof(List<string>),
    ];

    private readonly ConcurrentDictionary<string, string> _sqlite = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _postgres = new(StringComparer.Ordinal);

    private ListParameter()
    {
    }

    /// <summary>The one handler of lists.</summary>
    public static ListParameter Instance { get; } = new();

    /// <summary>Tells Dapper of it.</summary>
    public static void Register() => Array.ForEach(Types, type => SqlMapper.AddTypeHandler(type, Instance));

    /// <summary>The statement as the engine understands it.</summary>
    public string TextOf(string sql, bool isPostgres) =>
        !sql.Contains("IN @", StringComparison.Ordinal) ? sql
        : isPostgres ? _postgres.GetOrAdd(sql, text => InList().Replace(text, found => $"{(found.Groups["not"].Success ? "<> ALL" : "= ANY")} (@{found.Groups["name"].Value})"))
        : _sqlite.GetOrAdd(sql, text => InList().Replace(text, "${not}IN (SELECT value FROM json_each(@${name}))"));

    /// <inheritdoc/>
    public void SetValue(IDbDataParameter parameter, object value)
    {
        if (parameter is NpgsqlParameter)
        {
            parameter.Value = value is IEnumerable<long> numbers ? numbers.ToArray() : ((IEnumerable<string>)value).ToArray();
            return;
        }

        parameter.DbType = DbType.String;
        parameter.Value = JsonSerializer.Serialize(value, value.GetType());
    }

    /// <inheritdoc/>
    public object Parse(Type destinationType, object value) => throw new NotSupportedException("No column holds a list.");

    [GeneratedRegex(@"\b(?<not>NOT )?IN @(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex InList();
}
