using Npgsql;

namespace NewsWatch.Storage;

/// <summary>The password for each new connection: as it is where the operator keeps it, so that one that is changed there needs no new start.</summary>
/// <param name="first">The password at the start; it holds while the other cannot be read.</param>
/// <param name="again">Reads the connection string again; null where it does not change.</param>
internal sealed class PostgresPassword(string first, Func<string?>? again)
{
    /// <summary>The password of a connection that is opened now.</summary>
    public string Now
    {
        get
        {
            try
            {
                return again?.Invoke() is { } connection && new NpgsqlConnectionStringBuilder(connection).Password is { Length: > 0 } now ? now : first;
            }
            catch (ArgumentException)
            {
                return first; // it is being written, or was written wrongly
            }
        }
    }
}
