using System.Data.Common;

namespace NewsWatch.Storage;

/// <summary>Statements of the storage itself, without parameters.</summary>
internal static class Statement
{
    /// <summary>Runs every statement of a text: to read a result would end with the first that has one, and hide what fails behind it.</summary>
    public static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are ours: transactions, and scripts that are embedded in this assembly
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
