namespace NewsWatch.Hosting.Terminal;

/// <summary>The terminal that the output goes to.</summary>
internal static class TerminalWindow
{
    /// <summary>Its width in characters; null for files and pipes, and if the terminal does not report it.</summary>
    public static int? Width => !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : null;
}
