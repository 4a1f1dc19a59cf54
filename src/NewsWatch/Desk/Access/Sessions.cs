using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Desk.Access;

/// <summary>
/// Who is signed in. A session ends after 12 hours, after 2 hours without a request, by signing out, and with the process: nothing about it is stored.
/// It is kept by the hash of its secret, so that looking it up compares nothing that an attacker could time.
/// </summary>
internal sealed class Sessions(TimeProvider clock)
{
    /// <summary>So long at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const int MaxOpen = 1_000;
    private static readonly TimeSpan MaxIdle = TimeSpan.FromHours(2);
    private readonly ConcurrentDictionary<string, Session> _open = new();

    /// <summary>Opens a session; returns its secret, 256 random bits.</summary>
    /// <param name="name">What the record of acts calls who signed in.</param>
    public string Open(Role role, string name)
    {
        foreach (var (old, session) in _open)
        {
            if (!IsGood(session) || _open.Count >= MaxOpen)
            {
                _open.TryRemove(old, out _);
            }
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _open[Key(secret)] = new(role, name, clock.GetTimestamp(), clock.GetTimestamp());
        return secret;
    }

    /// <summary>Who opened a session that is open, or null; the session counts as used.</summary>
    public Visitor? Find(string secret)
    {
        var key = Key(secret);
        if (!_open.TryGetValue(key, out var session) || !IsGood(session))
        {
            _open.TryRemove(key, out _);
            return null;
        }

        _open.TryUpdate(key, session with { Used = clock.GetTimestamp() }, session);
        return new(session.Role, session.Name, SignedIn: true);
    }

    /// <summary>Ends a session.</summary>
    public void Close(string secret) => _open.TryRemove(Key(secret), out _);

    private bool IsGood(Session session) => clock.GetElapsedTime(session.Opened) < Longest && clock.GetElapsedTime(session.Used) < MaxIdle;

    private static string Key(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed record Session(Role Role, string Name, long Opened, long Used);
}
