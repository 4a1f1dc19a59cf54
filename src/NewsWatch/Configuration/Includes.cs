using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration;

/// <summary>Finds what <c>Include</c> names: <c>NAME.json</c> beside the configuration, else what comes with the program.</summary>
internal static class Includes
{
    /// <summary>The catalogue that comes with the program.</summary>
    public const string Shipped = "entities";

    public static ConfigurationFile? Find(string name, string folder)
    {
        string[] places = [Path.Combine(folder, FileOf(name)), Path.Combine(AppContext.BaseDirectory, "deploy", FileOf(name))];
        return places.FirstOrDefault(File.Exists) is { } path ? new ConfigurationFile(FileOf(name), File.ReadAllText(path)) : null;
    }

    /// <summary>The file that a name stands for.</summary>
    public static string FileOf(string name) => $"{name}.json";
}
