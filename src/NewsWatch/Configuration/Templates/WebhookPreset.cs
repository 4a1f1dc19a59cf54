using System.Reflection;

namespace NewsWatch.Configuration.Templates;

/// <summary>The templates that come with the program: a file of JSON for each service, as an operator would write it.</summary>
internal static class WebhookPreset
{
    private const string Folder = "NewsWatch.Configuration.Templates.Presets.";

    /// <summary>The file of a service, or null where none comes with the program.</summary>
    /// <param name="service">Its name in small letters.</param>
    public static string? Find(string service)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{service}.json");
        if (file is null)
        {
            return null;
        }

        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
