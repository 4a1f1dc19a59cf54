using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Configuration;

public sealed class ReloadTests : IAsyncLifetime
{
    private const string Good = """
        { "NewsWatch": {
          "Sources": { "a": { "Url": "https://feeds.example.com/", "Headers": { "Authorization": "env:KEY" } } }, "Rules": { "r": { "When": "truce" } },
          "Channels": { "out": { "Type": "pickup", "Folder": "mail" } }, "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out" } },
          "Operator": { "To": ["ops@example.com"], "Via": "out" } } }
        """;

    private readonly TestDatabase _database = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 8, 6, 21, 2, 11, TimeSpan.Zero));
    private readonly RecordingLog<ConfigurationWatcher> _log = new();
    private readonly WorkSignals _signals = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
    private readonly MeterListener _meters = new();
    private string _key = "canary-1";
    private long _refusals;
    private ConfigurationHolder _holder = null!;
    private ConfigurationWatcher _watcher = null!;

    private string MainFile => Path.Combine(_folder, "appsettings.json");

    private ConfigurationLoader Loader => SomeFiles.LoaderWith(new Secrets(name => name == "KEY" ? _key : null, _ => null));

    public Task InitializeAsync()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "configuration_refused_total" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, count, _, _) => _refusals += count);
        _meters.Start();
        Write(Good);
        Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _watcher.Dispose();
        _meters.Dispose();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_valid_edit_is_in_force_at_the_second_look_that_sees_it()
    {
        Write(Good.Replace("truce", "armistice", StringComparison.Ordinal));

        Assert.False(await _watcher.LookAsync(default));
        Assert.True(await _watcher.LookAsync(default));

        Assert.Equal("armistice", _holder.Current.Rules["r"].When);
        Assert.False(await _watcher.LookAsync(default));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_running_watcher_swaps_within_three_seconds()
    {
        var swapped = new TaskCompletionSource<WatchConfiguration>(TaskCreationOptions.RunContinuationsAsynchronously);
        _holder.Changed += swapped.SetResult;
        await _watcher.StartAsync(default);
        Write(Good.Replace("truce", "armistice", StringComparison.Ordinal));

        while (!swapped.Task.IsCompleted)
        {
            _clock.Advance(ConfigurationWatcher.Interval);
            await Task.Yield();
        }

        Assert.True(ConfigurationWatcher.Interval * 2 <= TimeSpan.FromSeconds(3));
        Assert.Equal("armistice", (await swapped.Task).Rules["r"].When);
        await _watcher.StopAsync(default);
    }

    [Fact]
    public async Task An_edit_that_the_database_cannot_keep_is_in_force_all_the_same_and_the_log_says_so()
    {
        await Stored.RefuseAsync(_database.Database, "INSERT", "configuration");
        Write(Good.Replace("truce", "armistice", StringComparison.Ordinal));

        await LookAsync(2);

        Assert.Equal("armistice", _holder.Current.Rules["r"].When);
        Assert.Contains(_log.Lines, line => line.Contains("disk full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_edit_stays_on_record_with_all_that_was_said_of_it()
    {
        Write(Good.Replace("truce", "(truce", StringComparison.Ordinal));

        await LookAsync(2);

        var refusal = Assert.Single(_database.Database.Read(RefusalStore.All));
        Assert.Equal(_clock.GetUtcNow(), refusal.At);
        Assert.Contains(StoredJson.Read<Problem[]>(refusal.Problems), problem => problem is { Path: "Rules.r.When", Excerpt: not null });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"NewsWatch\": { \"Sources\": { \"a\"")]
    [InlineData("{ \"NewsWatch\": {} }")]
    [InlineData("{ \"NewsWatch\": { \"Sources\": { \"a\": { \"Url\": \"ftp://x\" } }, \"Rules\": { \"r\": { \"When\": \"(\" } } } }")]
    public async Task A_broken_edit_changes_nothing_and_is_logged_counted_and_told_once(string broken)
    {
        var before = _holder.Current;
        Write(broken);

        await LookAsync(4);

        Assert.Same(before, _holder.Current);
        Assert.Equal(1, _refusals);
        Assert.Contains("Still running the configuration of 2025-08-06T21:02:11Z, 1 rule.", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.Equal("ops@example.com", Assert.Single(Notices()));

        Write(Good);
        await LookAsync(2);
        Write(broken);
        await LookAsync(2);
        Assert.Single(Notices());
        Assert.Equal(2, _refusals);
    }

    [Fact]
    public async Task A_file_that_is_gone_changes_nothing_and_is_told()
    {
        File.Delete(MainFile);

        await LookAsync(3);

        Assert.Equal("truce", _holder.Current.Rules["r"].When);
        Assert.Contains("cannot be read", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_being_written_is_not_used_before_it_stands_still()
    {
        for (var length = 100; length < Good.Length; length += 50)
        {
            Write(Good[..length]);
            await LookAsync(1);
        }

        Write(Good.Replace("truce", "armistice", StringComparison.Ordinal));
        await LookAsync(2);

        Assert.Equal((0, "armistice"), (_refusals, _holder.Current.Rules["r"].When));
    }

    [Fact]
    public async Task A_file_that_never_stands_still_is_taken_after_some_seconds_and_logged()
    {
        var swaps = new List<string>();
        _holder.Changed += configuration => swaps.Add(configuration.Rules["r"].When);

        for (var edit = 0; edit < 13; edit++)
        {
            Write(Good.Replace("truce", $"armistice{edit}", StringComparison.Ordinal));
            var look = _watcher.LookAsync(default);
            _clock.Advance(ConfigurationWatcher.Glance);
            await look;
            _clock.Advance(ConfigurationWatcher.Interval - ConfigurationWatcher.Glance);
        }

        Assert.Equal(["armistice5", "armistice11"], swaps);
        Assert.Equal(2, _log.Lines.Count(line => line.Contains("kept changing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_after_some_seconds_is_neither_taken_nor_refused()
    {
        for (var edit = 0; edit < 13; edit++)
        {
            Write(Good[..(100 + edit)]);
            var look = _watcher.LookAsync(default);
            _clock.Advance(ConfigurationWatcher.Glance);
            await look;
            _clock.Advance(ConfigurationWatcher.Interval);
        }

        Assert.Equal((0, "truce"), (_refusals, _holder.Current.Rules["r"].When));
    }

    [Fact]
    public async Task A_file_in_conf_d_is_seen()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "conf.d"));
        File.WriteAllText(Path.Combine(_folder, "conf.d", "more.json"), """{ "Rules": { "s": { "When": "war" } } }""");

        await LookAsync(2);

        Assert.Equal(["r", "s"], _holder.Current.Rules.Keys.Order());
    }

    [Fact]
    public async Task An_edit_that_keeps_length_and_time_is_seen()
    {
        var time = File.GetLastWriteTimeUtc(MainFile);
        Write(Good.Replace("truce", "peace", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(MainFile, time);

        await LookAsync(2);

        Assert.Equal("peace", _holder.Current.Rules["r"].When);
    }

    [Fact]
    public async Task A_file_in_conf_d_that_takes_another_name_is_loaded_again()
    {
        var overlays = Directory.CreateDirectory(Path.Combine(_folder, "conf.d")).FullName;
        File.WriteAllText(Path.Combine(overlays, "more.json"), """{ "Rules": { "s": { "When": "(" } } }""");
        await LookAsync(2);

        File.Move(Path.Combine(overlays, "more.json"), Path.Combine(overlays, "less.json"));
        await LookAsync(2);

        Assert.Contains("conf.d/less.json", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_secret_is_picked_up()
    {
        await _watcher.BeginAsync(default);
        _key = "canary-2";

        await LookAsync(1);

        Assert.Equal("canary-2", _holder.Current.Sources["a"].Headers["Authorization"]);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(SomeFiles.Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_put_in_force_is_there_for_the_next_start_and_without_secrets()
    {
        Write(Good.Replace("truce", "armistice", StringComparison.Ordinal));
        await LookAsync(2);

        var (loaded, since) = LastGood.Load(_database.Database, Loader)!.Value;

        Assert.Equal(("armistice", _clock.GetUtcNow()), (loaded.Configuration.Rules["r"].When, since));
        Assert.DoesNotContain(SomeFiles.Canary, _database.Database.Read(ConfigurationStore.Newest)!.Value.Files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_good_configuration_keeps_the_catalogue_it_was_loaded_with()
    {
        var catalogue = Path.Combine(_folder, "places.json");
        var loader = new ConfigurationLoader(new Secrets(_ => _key, _ => null), Includes.Find);
        File.WriteAllText(catalogue, """{ "Entities": { "kyiv": { "Name": "Kyiv", "Aliases": ["Kiev"] } } }""");
        Write(Good.Replace("\"Sources\"", "\"Include\": [\"places\"], \"Sources\"", StringComparison.Ordinal).Replace("truce", "@kyiv truce", StringComparison.Ordinal));
        var files = ConfigurationFiles.Read(MainFile);
        await LastGood.KeepAsync(_database.Database, (LoadResult.Loaded)loader.Load(files), files, _clock.GetUtcNow(), default);

        File.WriteAllText(catalogue, """{ "Entities": { "ky""");

        Assert.IsType<LoadResult.Refused>(loader.Load(files));
        Assert.Contains("Kiev", LastGood.Load(_database.Database, loader)!.Value.Loaded.Configuration.Vocabulary.Entities["kyiv"].Aliases);
    }

    [Fact]
    public async Task A_start_from_the_last_good_configuration_is_told_to_the_operator()
    {
        Write("{");
        var running = _holder.Current;
        Start(running);

        await _watcher.BeginAsync(default);

        Assert.Same(running, _holder.Current);
        Assert.Single(Notices());
    }

    [Fact]
    public async Task An_edit_that_leaves_alerts_behind_is_told_with_their_count_and_end()
    {
        await WaitForAnnaAsync();
        Write(Good.Replace("\"anna\"", "\"anne\"", StringComparison.Ordinal));

        await LookAsync(2);

        Assert.Equal("ops@example.com", Assert.Single(Notices()));
        Assert.Contains(
            "2 alerts wait for anna over out, the oldest since 2025-08-06 21:02 UTC, and the subscriber anna is not in the configuration. NewsWatch gives them up by 2025-08-11 21:02 UTC",
            Assert.Single(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)),
            StringComparison.Ordinal);

        Write(Good.Replace("\"anna\"", "\"anne\"", StringComparison.Ordinal).Replace("truce", "armistice", StringComparison.Ordinal));
        await LookAsync(2);
        Assert.Single(Notices()); // the next edit takes nothing more away
    }

    [Fact]
    public async Task An_edit_that_removes_a_channel_with_alerts_names_the_channel()
    {
        await WaitForAnnaAsync();
        Write(Good.Replace("\"out\"", "\"post\"", StringComparison.Ordinal));

        await LookAsync(2);

        Assert.Contains(_log.Lines, line => line.Contains("the channel out is not in the configuration", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_finds_alerts_of_nobody_tells_it()
    {
        await WaitForAnnaAsync();
        Write(Good.Replace("\"anna\"", "\"anne\"", StringComparison.Ordinal));
        Start();

        await _watcher.BeginAsync(default);

        Assert.Single(Notices());
    }

    private Task WaitForAnnaAsync() => _database.Database.WriteAsync(db =>
    {
        var now = _clock.GetUtcNow();
        Stored.Delivery(db, "1", now, channel: "out", created: now);
        Stored.Delivery(db, "2", now, "digest", channel: "out", state: "held", created: now);
    });

    private void Start(WatchConfiguration? running = null)
    {
        var result = Loader.Load(ConfigurationFiles.Read(MainFile));
        _holder = new(running ?? ((LoadResult.Loaded)result).Configuration);
        _watcher?.Dispose();
        _watcher = new(
            StartupConfiguration.Of(MainFile, FilesHash.Of(MainFile), result, _clock.GetUtcNow()), Loader, _holder, _database.Database, Background.NewLoop(_clock), _signals, _clock, _services.GetRequiredService<IMeterFactory>(), _log);
    }

    private void Write(string text) => File.WriteAllText(MainFile, text);

    private async Task LookAsync(int times)
    {
        for (var look = 0; look < times; look++)
        {
            await _watcher.LookAsync(default);
        }
    }

    private IEnumerable<string> Notices() => _database.Database.Read(db => Stored.Column<string>(db, "delivery", "subscriber", new { kind = "notice" }));
}
