using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Storage.Subscribers;

/// <summary>
/// Numbers for the names in unsubscribe tokens. A number is computed from the installation's key and the name, and taken again with another
/// one where two names collide: so no two names share one, and a name has the same number after a restore from an older backup.
/// </summary>
internal static class UnsubscribeNames
{
    /// <summary>The name's number, 1 to 2^32 - 1; given to it now if it has none.</summary>
    public static uint NumberOf(Session db, byte[] key, string name)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (db.QueryFirstOrDefault<long?>("SELECT id FROM unsubscribe_name WHERE name = @name", new { name }) is { } known)
            {
                return (uint)known;
            }

            db.Execute("INSERT INTO unsubscribe_name (id, name) VALUES (@id, @name) ON CONFLICT DO NOTHING", new { id = Compute(key, name, attempt), name });
        }
    }

    /// <summary>The name that has this number; null for none.</summary>
    public static string? NameOf(Session db, uint number) =>
        db.QueryFirstOrDefault<string>("SELECT name FROM unsubscribe_name WHERE id = @id", new { id = (long)number });

    private static long Compute(byte[] key, string name, int attempt)
    {
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"unsubscribe name {attempt}\n{name}")));
        return Math.Max(1u, BinaryPrimitives.ReadUInt32BigEndian(hash));
    }
}
