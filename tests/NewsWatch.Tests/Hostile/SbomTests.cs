using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace NewsWatch.Tests.Hostile;

/// <summary>The list of packages that an operator hands to a scanner.</summary>
public sealed class SbomTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Fact]
    public async Task Every_locked_package_is_a_component_and_nothing_else_is()
    {
        var bill = JsonNode.Parse(await RunAsync("deploy/sbom.sh"))!;
        var told = bill["components"]!.AsArray().Select(component => $"{component!["name"]} {component["version"]}").ToList();

        Assert.Equal("CycloneDX", (string?)bill["bomFormat"]);
        Assert.Equal(Locked().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.All(bill["components"]!.AsArray(), component => Assert.Equal($"pkg:nuget/{component!["name"]}@{component["version"]}", (string?)component["purl"]));
    }

    [Fact]
    public async Task What_a_package_depends_on_is_a_component_too()
    {
        var bill = JsonNode.Parse(await RunAsync("deploy/sbom.sh"))!;
        var known = bill["components"]!.AsArray().Select(component => (string?)component!["bom-ref"]).ToHashSet();

        Assert.All(bill["dependencies"]!.AsArray().SelectMany(node => node!["dependsOn"]!.AsArray()), on => Assert.Contains((string?)on, known));
        Assert.Contains(bill["dependencies"]!.AsArray(), node => ((string)node!["ref"]!).Contains("/MailKit@", StringComparison.Ordinal) && node["dependsOn"]!.ToJsonString().Contains("/MimeKit@", StringComparison.Ordinal));
    }

    private static HashSet<string> Locked() =>
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject())
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => package.Value!["resolved"] is not null)
            .Select(package => $"{package.Key} {package.Value!["resolved"]}"),
    ];

    private static async Task<string> RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", Path.Combine(Root, script)) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return printed;
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
