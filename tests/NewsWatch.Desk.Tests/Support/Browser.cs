using System.Diagnostics;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>Debian's Chromium, one for all tests; each test opens tabs in a context of its own, with no cookie of another.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>How long anything may take before a test gives up: a guard, not a measure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Program = "/usr/bin/chromium";
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-browser-").FullName;
    private Process? _process;
    private DevTools? _tools;

    /// <summary>True where it is installed.</summary>
    public static bool IsThere => File.Exists(Program);

    public async Task InitializeAsync()
    {
        if (!IsThere)
        {
            return;
        }

        // Without "allow-pre-commit-input" the browser drops clicks and keys that come before it has drawn a new page for the first time, which takes its time on a busy machine.
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--no-first-run",
                "--disable-dev-shm-usage", "--allow-pre-commit-input", "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
                "--remote-debugging-port=0", $"--user-data-dir={_folder}", "about:blank",
            },
        };
        _process = Process.Start(start)!;
        const string Said = "DevTools listening on ";
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(Said, StringComparison.Ordinal))
            {
                _tools = await DevTools.ConnectAsync(new Uri(line[Said.Length..]));
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None); // what it says later fills no pipe
                return;
            }
        }

        throw new InvalidOperationException("Chromium ended before it listened");
    }

    /// <summary>Opens an empty tab with cookies of its own.</summary>
    /// <param name="site">Where its addresses begin.</param>
    internal Task<Tab> OpenAsync(Uri site, int width = 1280, int height = 900, bool dark = false) => Tab.OpenAsync(_tools!, site, width, height, dark);

    public async Task DisposeAsync()
    {
        if (_tools is not null)
        {
            await _tools.DisposeAsync();
        }

        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>All journeys share one browser.</summary>
[CollectionDefinition(nameof(Journeys))]
public sealed class Journeys : ICollectionFixture<Browser>;

/// <summary>Needs Debian's Chromium; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.IsThere ? null! : "Chromium is not installed";
}

/// <summary>Needs Debian's Chromium; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.IsThere ? null! : "Chromium is not installed";
}
