using System.Diagnostics;
using k8s;
using k8s.Models;

namespace NewsWatch.Tests.Documents;

/// <summary>The manifests of deploy/kubernetes, read as the API of a cluster reads them: a field that it does not have is refused.</summary>
internal static class Manifests
{
    /// <summary>Their folder, from the repository's root.</summary>
    public const string Folder = "deploy/kubernetes";

    /// <summary>The files, from the repository's root, without those that only kustomize reads.</summary>
    public static IEnumerable<string> Files => Directory
        .GetFiles(Path.Combine(Repository.Root, Folder), "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => Path.GetFileName(file) != "kustomization.yaml")
        .Order(StringComparer.Ordinal);

    /// <summary>All objects of all files.</summary>
    public static IReadOnlyList<object> All { get; } = [.. Files.SelectMany(file => Objects(Repository.Read(file)))];

    /// <summary>Those of a kind.</summary>
    public static IReadOnlyList<T> Of<T>() => [.. All.OfType<T>()];

    /// <summary>The objects of a text.</summary>
    public static IReadOnlyList<object> Objects(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);

    /// <summary>Each kind of pod that there is, with its name.</summary>
    public static IReadOnlyDictionary<string, V1PodTemplateSpec> Pods { get; } = Of<V1Deployment>().Select(one => (one.Metadata.Name, one.Spec.Template))
        .Concat(Of<V1StatefulSet>().Select(one => (one.Metadata.Name, one.Spec.Template)))
        .ToDictionary(pod => pod.Name, pod => pod.Template);

    /// <summary>What <c>kubectl kustomize</c> makes of a folder of <see cref="Folder"/>.</summary>
    public static async Task<IReadOnlyList<object>> RenderAsync(string folder)
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(Repository.Root, Folder, folder)]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, errors) = (kubectl.StandardOutput.ReadToEndAsync(), kubectl.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, kubectl.WaitForExitAsync());
        Assert.True(kubectl.ExitCode == 0, await errors);
        return Objects(await output);
    }
}

/// <summary>Needs kubectl, which renders the manifests without a cluster; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = folders.Any(folder => File.Exists(Path.Combine(folder, "kubectl"))) ? null! : "kubectl is not installed";
    }
}
