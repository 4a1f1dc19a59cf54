using Deque.AxeCore.Commons;

namespace NewsWatch.Desk.Tests.Support;

/// <summary>The rules of axe-core: WCAG 2.2 AA and best practices. They come in by the debugger, so that the page's own policy stays as it is.</summary>
internal static class Axe
{
    private static readonly string Script = Read();

    /// <summary>What breaks a rule on the page, one line each.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(Tab tab)
    {
        await tab.EvaluateAsync($"{Script}; 0");
        var found = await tab.EvaluateAsync("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`)))");
        return [.. found!.AsArray().Select(line => line!.GetValue<string>())];
    }

    private static string Read()
    {
        using var stream = typeof(AxeResult).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
