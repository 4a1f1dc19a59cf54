namespace NewsWatch.Polling;

/// <summary>
/// One request in flight per host, and a gap between two. Who finds the gate closed is told when to come again; those times are one gap
/// apart, in the order of asking, so nobody is overtaken for ever.
/// </summary>
internal sealed class HostGate(TimeSpan gap)
{
    private const int ForgetIdleAbove = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
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
        private readonly Dictionary<string, DateTimeOffset> _places = [];
        private bool _busy;
        private DateTimeOffset _next = DateTimeOffset.MinValue;
        private DateTimeOffset _lastPlace = DateTimeOffset.MinValue;

        public bool IsIdle(DateTimeOffset now) => !_busy && _places.Count == 0 && _next <= now;

        public DateTimeOffset? TryEnter(string source, DateTimeOffset now, TimeSpan gap)
        {
            ForgetWhoNeverCame(now);
            var waited = _places.ContainsKey(source);
            if (!_busy && _next <= now && (waited || _places.Count == 0))
            {
                _places.Remove(source);
                _busy = true;
                return null;
            }

            return _places[source] = waited ? Later(_next, now + gap) : LastPlace(now, gap);
        }

        public void Leave(DateTimeOffset now, TimeSpan gap)
        {
            _busy = false;
            _next = now + gap;
        }

        private DateTimeOffset LastPlace(DateTimeOffset now, TimeSpan gap)
        {
            _lastPlace = Later(Later(_lastPlace, _next), now) + gap;
            return _lastPlace;
        }

        /// <summary>A source that has left the configuration does not come when it is its turn.</summary>
        private void ForgetWhoNeverCame(DateTimeOffset now)
        {
            foreach (var source in _places.Where(place => place.Value + Patience < now).Select(place => place.Key).ToList())
            {
                _places.Remove(source);
            }
        }

        private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }
}
