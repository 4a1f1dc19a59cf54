using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Storage;

namespace NewsWatch.Desk.Access;

/// <summary>
/// The code of the link that <c>newswatch desk</c> prints: whoever may write the database gets in as an operator, once, within five minutes.
/// The database holds only its hash.
/// </summary>
internal static class OneTimeCode
{
    private const string Fact = "desk-code";
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <summary>Makes a code; an earlier one ends.</summary>
    /// <param name="name">Who makes it: the record of acts calls who signs in with it so.</param>
    public static async Task<string> CreateAsync(Database database, string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var until = UnixTime.Of(clock.GetUtcNow() + GoodFor);
        await database.WriteAsync(db => InstallationSettings.Set(db, Fact, string.Create(CultureInfo.InvariantCulture, $"{until} {Hash(code)} {Uri.EscapeDataString(name)}")), cancellationToken);
        return code;
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>Who made it; null if it is not the one that holds.</returns>
    public static async Task<string?> TakeAsync(Database database, string code, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (database.Read(db => Maker(InstallationSettings.Get(db, Fact), code, clock.GetUtcNow())) is null)
        {
            return null;
        }

        return await database.WriteAsync(
            db =>
            {
                var maker = Maker(InstallationSettings.Get(db, Fact), code, clock.GetUtcNow()); // of two that come at once one finds it gone
                if (maker is not null)
                {
                    InstallationSettings.Remove(db, Fact);
                }

                return maker;
            },
            cancellationToken);
    }

    private static string? Maker(string? kept, string code, DateTimeOffset now) =>
        kept?.Split(' ') is [var until, var hash, var name]
        && UnixTime.Of(now) < long.Parse(until, CultureInfo.InvariantCulture)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(code)))
            ? Uri.UnescapeDataString(name)
            : null;

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
