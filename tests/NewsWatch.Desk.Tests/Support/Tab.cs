using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>A tab, as a person uses it: goes to addresses, clicks, types, reads. It remembers what the browser complained about, and every address that was asked for.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private const int MaxTabs = 300;
    private readonly DevTools _tools;
    private readonly Uri _site;
    private readonly string _context;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private TaskCompletionSource _loaded = new();

    private Tab(DevTools tools, Uri site, string context, string session) => (_tools, _site, _context, _session) = (tools, site, context, session);

    /// <summary>Script errors and reports of the Content-Security-Policy.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>Every address that the tab asked for.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public static async Task<Tab> OpenAsync(DevTools tools, Uri site, int width, int height, bool dark)
    {
        var context = (await tools.AskAsync("Target.createBrowserContext"))["browserContextId"]!.GetValue<string>();
        var target = (await tools.AskAsync("Target.createTarget", new { url = "about:blank", browserContextId = context }))["targetId"]!.GetValue<string>();
        var session = (await tools.AskAsync("Target.attachToTarget", new { targetId = target, flatten = true }))["sessionId"]!.GetValue<string>();
        var tab = new Tab(tools, site, context, session);
        tools.Happened += tab.Hear;
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await tab.AskAsync($"{domain}.enable");
        }

        await tab.AskAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        await tab.AskAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" }, new { name = "prefers-reduced-motion", value = "reduce" } } });
        return tab;
    }

    /// <summary>Goes to an address and waits until it is there.</summary>
    public Task GoAsync(string path) => LoadingAsync(() => AskAsync("Page.navigate", new { url = new Uri(_site, path).AbsoluteUri }));

    /// <summary>Does something that loads a page, and waits until it is there.</summary>
    public async Task LoadingAsync(Func<Task> act)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await act();
        await _loaded.Task.WaitAsync(Browser.Patience);
    }

    /// <summary>Clicks into the middle of an element, with the mouse.</summary>
    public async Task ClickAsync(string selector)
    {
        // Two frames: a click that comes before the scrolled page is drawn lands where the element was.
        var place = await EvaluateAsync(
            $$"""
            (async e => {
              e.scrollIntoView({ block: 'center' });
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              const r = e.getClientRects()[0];
              return [r.x + r.width / 2, r.y + r.height / 2];
            })(document.querySelector({{JsonSerializer.Serialize(selector)}}))
            """);
        var (x, y) = (place![0]!.GetValue<double>(), place[1]!.GetValue<double>());
        foreach (var type in (string[])["mouseMoved", "mousePressed", "mouseReleased"])
        {
            await AskAsync("Input.dispatchMouseEvent", new { type, x, y, button = type == "mouseMoved" ? "none" : "left", clickCount = type == "mouseMoved" ? 0 : 1 });
        }
    }

    /// <summary>Follows a link or presses a button: by the mouse, or by Tab alone and Enter; where the focus is must be seen on the way.</summary>
    public async Task ChooseAsync(string selector, bool byKeys)
    {
        if (!byKeys)
        {
            await ClickAsync(selector);
            return;
        }

        await ReachAsync(selector);
        await PressAsync("Enter");
    }

    /// <summary>Moves the focus to an element by Tab.</summary>
    public async Task ReachAsync(string selector)
    {
        var isThere = $"document.activeElement === document.querySelector({JsonSerializer.Serialize(selector)})";
        for (var pressed = 0; pressed < MaxTabs && !await HoldsAsync(isThere); pressed++)
        {
            await PressAsync("Tab");
        }

        Assert.True(await HoldsAsync($"{isThere} && getComputedStyle(document.activeElement).outlineStyle !== 'none'"), $"Tab does not lead to {selector}, or the focus is not seen there");
    }

    /// <summary>Presses keys, one after the other: single letters, or Tab, Enter, Escape, ArrowDown.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            var text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
            var code = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, "ArrowDown" => 40, _ => 0 };
            await AskAsync("Input.dispatchKeyEvent", new { type = text is null ? "rawKeyDown" : "keyDown", key, text = text ?? "", windowsVirtualKeyCode = code });
            await AskAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code });
        }
    }

    /// <summary>Types into the element that has the focus.</summary>
    public Task TypeAsync(string text) => AskAsync("Input.insertText", new { text });

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var result = await AskAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        return result["exceptionDetails"] is { } thrown ? throw new InvalidOperationException(thrown.ToJsonString()) : result["result"]!["value"];
    }

    /// <summary>The text of an element as it is seen.</summary>
    public async Task<string> TextAsync(string selector = "main") => (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.innerText ?? ''"))!.GetValue<string>();

    /// <summary>True if the expression holds in the page.</summary>
    public async Task<bool> HoldsAsync(string expression) => (await EvaluateAsync($"!!({expression})"))!.GetValue<bool>();

    /// <summary>Waits until an expression holds in the page.</summary>
    public async Task UntilAsync(string expression)
    {
        var held = await EvaluateAsync($"new Promise(done => {{ let left = 1500; const look = () => ({expression}) ? done(true) : --left ? setTimeout(look, 20) : done(false); look(); }})");
        Assert.True(held!.GetValue<bool>(), $"never held: {expression}");
    }

    /// <summary>A picture of the page as it is seen.</summary>
    public async Task<byte[]> PictureAsync() => Convert.FromBase64String((await AskAsync("Page.captureScreenshot", new { format = "png" }))["data"]!.GetValue<string>());

    public async Task WithoutScriptAsync() => await AskAsync("Emulation.setScriptExecutionDisabled", new { value = true });

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= Hear;
        await _tools.AskAsync("Target.disposeBrowserContext", new { browserContextId = _context });
    }

    private Task<JsonNode> AskAsync(string method, object? parameters = null) => _tools.AskAsync(method, parameters, _session);

    private void Hear(string session, string what, JsonNode said)
    {
        if (session != _session)
        {
            return;
        }

        switch (what)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Log.entryAdded" when said["entry"]!["source"]!.GetValue<string>() is not ("network" or "recommendation"):
                _complaints.Enqueue($"{said["entry"]!["source"]}: {said["entry"]!["text"]}");
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(said["exceptionDetails"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                _asked.Enqueue(said["request"]!["url"]!.GetValue<string>());
                break;
        }
    }
}
