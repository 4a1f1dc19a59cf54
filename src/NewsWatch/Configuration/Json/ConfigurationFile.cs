namespace NewsWatch.Configuration.Json;

/// <summary>A configuration file's text, from the disk or as it was kept.</summary>
/// <param name="Name">The name in messages: <c>appsettings.json</c>, <c>conf.d/b.json</c>.</param>
public sealed record ConfigurationFile(string Name, string Text);

/// <summary>All files that make up one configuration: the main file first, then <c>conf.d/*.json</c> beside it by name.</summary>
/// <param name="Folder">Absolute; the base of relative paths in file sources and includes.</param>
public sealed record ConfigurationFiles(string Folder, IReadOnlyList<ConfigurationFile> Files)
{
    /// <summary>Reads them from the disk.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ConfigurationFiles Read(string mainFile)
    {
        var path = Path.GetFullPath(mainFile);
        var folder = Path.GetDirectoryName(path)!;
        return new(folder, [.. Paths(path).Select(file => new ConfigurationFile(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file)))]);
    }

    /// <summary>The paths that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<string> Paths(string mainFile)
    {
        var overlays = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mainFile))!, "conf.d");
        return Directory.Exists(overlays)
            ? [mainFile, .. Directory.GetFiles(overlays, "*.json").Order(StringComparer.Ordinal)]
            : [mainFile];
    }

    /// <summary>The files in <c>conf.d</c> that are not read, because their names do not end in .json.</summary>
    public static IReadOnlyList<string> PassedOver(string mainFile)
    {
        var overlays = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(mainFile))!, "conf.d");
        return Directory.Exists(overlays)
            ? [.. Directory.GetFiles(overlays).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => $"conf.d/{Path.GetFileName(file)}")]
            : [];
    }

    /// <inheritdoc/>
    public bool Equals(ConfigurationFiles? other) => other is not null && Folder == other.Folder && Files.SequenceEqual(other.Files);

    /// <inheritdoc/>
    public override int GetHashCode() => Files.Count;
}
