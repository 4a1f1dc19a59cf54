using System.Collections.Concurrent;
using System.Data;
using System.Text.Json;
using Dapper;

namespace NewsWatch.Storage;

/// <summary>
/// Lists as parameters: <c>IN @ids</c> in a statement takes a list of any length as one parameter, so that the text stays the same and is prepared once. SQLite
/// gets it as JSON.
/// </summary>
internal sealed class ListParameter : SqlMapper.ITypeHandler
{
    private const string In = "IN @";

    private static readonly Type[] Types =
    [
        typeof(long[]), typeof(IEnumerable<long>), typeof(IReadOnlyList<long>), typeof(IReadOnlyCollection<long>), typeof(List<long>),
        typeof(string[]), typeof(IEnumerable<string>), typeof(IReadOnlyList<string>), typeof(IReadOnlyCollection<string>), typeof(List<string>),
    ];

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    private ListParameter()
    {
    }

    /// <summary>The one handler of lists.</summary>
    public static ListParameter Instance { get; } = new();

    /// <summary>Tells Dapper of it.</summary>
    public static void Register() => Array.ForEach(Types, type => SqlMapper.AddTypeHandler(type, Instance));

    /// <summary>The statement as the engine understands it.</summary>
    public string TextOf(string sql) => sql.Contains(In, StringComparison.Ordinal) ? _texts.GetOrAdd(sql, Write) : sql;

    /// <inheritdoc/>
    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = JsonSerializer.Serialize(value, value.GetType());
    }

    /// <inheritdoc/>
    public object Parse(Type destinationType, object value) => throw new NotSupportedException("No column holds a list.");

    private static string Write(string sql)
    {
        var parts = sql.Split(In);
        return parts[0] + string.Concat(parts.Skip(1).Select(part =>
        {
            var end = part.TakeWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_').Count();
            return $"IN (SELECT value FROM json_each(@{part[..end]})){part[end..]}";
        }));
    }
}
