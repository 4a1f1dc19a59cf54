namespace NewsWatch.Tests.Support;

/// <summary>Finds the built program: the copy beside the caller, else the one that its own project was built to.</summary>
internal static class ServiceProgram
{
    private const string Name = "newswatch";

    /// <summary>The path of <c>newswatch.dll</c>.</summary>
    /// <exception cref="NotStartedException">None is complete: <c>dotnet</c> starts none without the two files that say what it needs.</exception>
    public static string Find() => Find(AppContext.BaseDirectory);

    /// <summary>The same, as seen from a folder.</summary>
    public static string Find(string folder)
    {
        var above = Above(new DirectoryInfo(folder)).Select(at => Path.Combine(at.FullName, "src", "NewsWatch", "bin"));
        var folders = above.SelectMany(bin => new[] { "Release", "Debug" }.Select(kind => Path.Combine(bin, kind, "net10.0"))).Prepend(folder);
        return folders.FirstOrDefault(IsComplete) is { } found
            ? Path.Combine(found, $"{Name}.dll")
            : throw new NotStartedException($"No complete {Name} (.dll, .deps.json, .runtimeconfig.json) stands in {folder} or in a build of src/NewsWatch above it. Run: dotnet build -c Release");
    }

    private static bool IsComplete(string folder) =>
        new[] { "dll", "deps.json", "runtimeconfig.json" }.All(ending => File.Exists(Path.Combine(folder, $"{Name}.{ending}")));

    private static IEnumerable<DirectoryInfo> Above(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            yield return folder;
        }
    }
}
