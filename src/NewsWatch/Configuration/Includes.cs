using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration;

/// <summary>Finds the catalogues of <c>Include</c>: <c>NAME.json</c> beside the configuration, else the shipped one.</summary>
internal static class Includes
{
    /// <summary>The shipped catalogue.</summary>
    public const string Shipped = "entities";

    public static ConfigurationFile? Find(string name, string folder)
    {
        string[] places = [Path.Combine(folder, FileOf(name)), Path.Combine(AppContext.BaseDirectory, "deploy", FileOf(name))];
        return places.FirstOrDefault(File.Exists) is { } path ? new ConfigurationFile(FileOf(name), File.ReadAllText(path)) : null;
    }

    /// <summary>The file for a name.</summary>
    public static string FileOf(string name) => $"{name}.json";
}
