namespace NewsWatch.Polling;

/// <summary>
/// One request in flight per host, and a gap between two. Who finds the gate closed is told when to come again; those times are one gap
/// apart, in the order of asking, so nobody is overtaken for ever.
/// </summary>
internal sealed class HostGate(TimeSpan gap)
{
    private const int ForgetIdleAbove = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when the source may go now (and must <see cref="Leave"/> afterwards), else when it may try again.</summary>
    public DateTimeOffset? TryEnter(string host, string source, DateTimeOffset now)
    {
        lock (_lock)
        {
            Forget(now);
            if (!_hosts.TryGetValue(host, out var gate))
            {
                _hosts[host] = gate = new Host();
            }

            return gate.TryEnter(source, now, gap);
        }
    }

    /// <summary>The request has ended.</summary>
    public void Leave(string host, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_hosts.TryGetValue(host, out var gate))
            {
                gate.Leave(now, gap);
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        if (_hosts.Count > ForgetIdleAbove)
        {
            foreach (var host in _hosts.Where(pair => pair.Value.IsIdle(now)).Select(pair => pair.Key).ToList())
            {
                _hosts.Remove(host);
            }
        }
    }

    private sealed class Host
    {
        private readonly HashSet<string> _waiting = [];
        private bool _busy;
        private DateTimeOffset _next = DateTimeOffset.MinValue;
        private DateTimeOffset _lastPlace = DateTimeOffset.MinValue;

        public bool IsIdle(DateTimeOffset now) => !_busy && _waiting.Count == 0 && _next <= now;

        public DateTimeOffset? TryEnter(string source, DateTimeOffset now, TimeSpan gap)
        {
            var waited = _waiting.Contains(source);
            if (!_busy && _next <= now && (waited || _waiting.Count == 0))
            {
                _waiting.Remove(source);
                _busy = true;
                return null;
            }

            return waited ? Later(_next, now + gap) : Queue(source, now, gap);
        }

        public void Leave(DateTimeOffset now, TimeSpan gap)
        {
            _busy = false;
            _next = now + gap;
        }

        private DateTimeOffset Queue(string source, DateTimeOffset now, TimeSpan gap)
        {
            _waiting.Add(source);
            _lastPlace = Later(Later(_lastPlace, _next), now) + gap;
            return _lastPlace;
        }

        private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }
}
