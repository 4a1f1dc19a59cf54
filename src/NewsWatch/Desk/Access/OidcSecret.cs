using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Desk.Access;

/// <summary>
/// What binds a sign-in to the browser that began it: a secret in a cookie, from which state, nonce and PKCE's verifier are derived, so that the service keeps nothing
/// and an answer of the provider that was meant for another browser is refused.
/// </summary>
internal sealed record OidcSecret(string Text)
{
    /// <summary>A new one, of 256 random bits.</summary>
    public static OidcSecret Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Comes back with the code (RFC 6749, section 10.12).</summary>
    public string State => Derive("state");

    /// <summary>Comes back in the ID token.</summary>
    public string Nonce => Derive("nonce");

    /// <summary>Is told with the code alone (RFC 7636).</summary>
    public string Verifier => Derive("verifier");

    /// <summary>The verifier's hash, which the provider is told first (S256).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>True if this browser began the sign-in; in constant time.</summary>
    public bool Began(string state) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    private string Derive(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Text), Encoding.ASCII.GetBytes(purpose)));
}
