namespace NewsWatch.Hosting.Terminal;

/// <summary>The colours of a terminal.</summary>
/// <param name="on">False for files and pipes, and with NO_COLOR (https://no-color.org).</param>
internal sealed class Ink(bool on)
{
    /// <summary>For what goes to the output.</summary>
    public static Ink Output { get; } = new(IsWanted(Console.IsOutputRedirected));

    /// <summary>For what goes to the error output.</summary>
    public static Ink Error { get; } = new(IsWanted(Console.IsErrorRedirected));

    /// <summary>True when it colours.</summary>
    public bool On => on;

    public string Red(string text) => Paint("31", text);

    public string Yellow(string text) => Paint("33", text);

    public string Green(string text) => Paint("32", text);

    public string Bold(string text) => Paint("1", text);

    /// <summary>A hit in a text: black on yellow, or in double brackets.</summary>
    public string Hit(string text) => on ? Paint("30;43", text) : $"[[{text}]]";

    private string Paint(string code, string text) => on ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static bool IsWanted(bool redirected) => !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
