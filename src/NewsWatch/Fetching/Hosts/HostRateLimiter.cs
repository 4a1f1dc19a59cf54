namespace NewsWatch.Fetching.Hosts;

/// <summary>
/// One request in flight per host, and a gap between two. A source that has to wait gets a place in the host's queue and the time to come
/// again; only the first in the queue may go. So all go in the order of their first try, even at a host with more requests
/// than it can serve. Pages let others pass: of those that wait, only the first goes before a poll, so that a feed with fifty new articles is still polled in time.
/// </summary>
internal sealed class HostRateLimiter(TimeSpan gap)
{
    private const int ForgetIdleAbove = 10_000;

    /// <summary>A source that comes this much too late loses its place: it may have left the configuration.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _latest;

    /// <summary>Returns null if the source may go now (and must <see cref="Leave"/> afterwards), else the time to try again.</summary>
    /// <param name="host">The host to ask.</param>
    /// <param name="source">Who wants to ask: a source, or the address of a page.</param>
    /// <param name="now">The time.</param>
    /// <param name="isPage">True for the page of an article.</param>
    public DateTimeOffset? TryEnter(string host, string source, DateTimeOffset now, bool isPage = false)
    {
        lock (_lock)
        {
            Forget(now);
            if (now + gap + Patience < _latest)
            {
                // The system's clock was set back; no host waits until the old time returns.
                foreach (var waiting in _hosts.Values)
                {
                    waiting.Reset(now);
                }
            }

            _latest = now;
            if (!_hosts.TryGetValue(host, out var gate))
            {
                _hosts[host] = gate = new Host();
            }

            return gate.TryEnter(source, now, gap, isPage);
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

    /// <summary>The hosts that are being asked, or were so shortly ago that the gap is not over.</summary>
    public IReadOnlyList<string> Busy(DateTimeOffset now)
    {
        lock (_lock)
        {
            return [.. _hosts.Where(host => host.Value.IsBusy(now)).Select(host => host.Key)];
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
        private readonly List<(string Source, DateTimeOffset Again, bool IsPage)> _queue = [];
        private bool _busy;
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        public bool IsBusy(DateTimeOffset now) => _busy || _next > now;

        public bool IsIdle(DateTimeOffset now) => !IsBusy(now) && _queue.Count == 0;

        public DateTimeOffset? TryEnter(string source, DateTimeOffset now, TimeSpan gap, bool isPage)
        {
            _queue.RemoveAll(waiting => waiting.Again + Patience < now && waiting.Source != source);
            var place = _queue.FindIndex(waiting => waiting.Source == source);
            if (!_busy && _next <= now && place == (_queue.Count == 0 ? -1 : 0))
            {
                _queue.RemoveAll(waiting => waiting.Source == source);
                _busy = true;
                return null;
            }

            return Wait(source, place < 0 ? Join(source, now, isPage) : place, now, gap);
        }

        public void Reset(DateTimeOffset now)
        {
            _queue.Clear();
            _next = now;
        }

        public void Leave(DateTimeOffset now, TimeSpan gap)
        {
            _busy = false;
            _next = now + gap;
        }

        private int Join(string source, DateTimeOffset now, bool isPage)
        {
            var second = isPage ? -1 : _queue.FindIndex(_queue.FindIndex(waiting => waiting.IsPage) + 1, waiting => waiting.IsPage);
            var place = second < 0 ? _queue.Count : second;
            _queue.Insert(place, (source, now, isPage));
            return place;
        }

        /// <summary>Each place is a gap later than the one before it, at the soonest.</summary>
        private DateTimeOffset Wait(string source, int place, DateTimeOffset now, TimeSpan gap)
        {
            var soonest = _busy || _next < now ? now + gap : _next;
            _queue[place] = _queue[place] with { Again = soonest + (gap * place) };
            return _queue[place].Again;
        }
    }
}
