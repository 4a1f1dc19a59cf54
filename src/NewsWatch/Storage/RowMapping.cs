using System.Data;
using System.Runtime.CompilerServices;
using Dapper;

namespace NewsWatch.Storage;

/// <summary>
/// How rows become records, once for all queries: a column is the member of its name without underscores (<c>first_seen</c> is <c>FirstSeen</c>), a time is
/// Unix milliseconds, a truth value is 0 or 1, an enum is its <see cref="StoredName"/>. Parameters that are enums are written with <see cref="StoredName.Of"/>: Dapper writes their numbers.
/// </summary>
internal static class RowMapping
{
    [ModuleInitializer]
#pragma warning disable CA2255 // Dapper keeps its mapping for the whole process; it must be set before the first query
    internal static void Set()
#pragma warning restore CA2255
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        ListParameter.Register();
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new TimeHandler());
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new TruthHandler());
    }

    private sealed class TruthHandler : SqlMapper.TypeHandler<bool>
    {
        public override void SetValue(IDbDataParameter parameter, bool value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value ? 1L : 0L;
        }

        public override bool Parse(object value) => value is bool truth ? truth : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0;
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = UnixTime.Of(value);
        }

        public override DateTimeOffset Parse(object value) => UnixTime.At((long)value);
    }
}
