namespace NewsWatch.Configuration.Templates;

/// <summary>What the parts of a call may hold, whatever a headline says. Errors do not repeat a part: there may be a secret in it.</summary>
internal static class CallPart
{
    private const string Fix = "Write \"| url_encode\" behind what may hold it.";

    /// <summary>A path that stays below the channel's Url, without its first slash.</summary>
    /// <exception cref="TemplateException">It leads elsewhere, or has signs that an address does not have.</exception>
    public static string Path(string path)
    {
        if (path.Any(c => c is <= ' ' or > '~' or '\\' or '#' or '"' or '<' or '>'))
        {
            throw new TemplateException($"becomes text with signs that an address does not have. {Fix}");
        }

        var steps = path.Split('?')[0].Split('/');
        return steps.Any(step => Uri.UnescapeDataString(step) is "." or "..") ? throw new TemplateException("becomes an address that leads away from the channel's Url.") : path.TrimStart('/');
    }

    /// <summary>A header's value: printable ASCII.</summary>
    /// <exception cref="TemplateException">It holds something else.</exception>
    public static string Header(string value) =>
        value.Any(c => c is < ' ' or > '~') ? throw new TemplateException($"becomes text that is not ASCII, which headers do not take. {Fix}") : value.Trim();
}
