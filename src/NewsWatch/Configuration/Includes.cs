namespace NewsWatch.Configuration;

/// <summary>Finds what <c>Include</c> names: <c>NAME.json</c> beside the configuration, else what comes with the program.</summary>
internal static class Includes
{
    public static ConfigurationFile? Find(string name, string folder)
    {
        string[] places = [Path.Combine(folder, $"{name}.json"), Path.Combine(AppContext.BaseDirectory, "deploy", $"{name}.json")];
        return places.FirstOrDefault(File.Exists) is { } path ? new ConfigurationFile(Path.GetFileName(path), File.ReadAllText(path)) : null;
    }
}
