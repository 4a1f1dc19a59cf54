using System.CommandLine;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Core.Feeds;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli;

/// <summary><c>newswatch import FILE.opml</c>: the feeds of another reader's list, ready to paste.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A list of feeds (OPML), as feed readers export it." };
        var command = new Command("import", "Prints the feeds of an OPML list as entries of Sources, ready to paste. Exit 1: none.") { file };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file)));
        return command;
    }

    private static int Run(string file)
    {
        if (!File.Exists(file))
        {
            Console.Error.WriteLine(TerminalText.Clean($"{file} does not exist."));
            return ExitCode.No;
        }

        var bytes = Bytes(file);
        if (bytes.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{' or (byte)'[', ..])
        {
            Console.Error.WriteLine(TerminalText.Clean($"{file} is JSON, not a list of feeds. Export the list from your feed reader as OPML."));
            return ExitCode.No;
        }

        switch (Opml.Read(bytes))
        {
            case OpmlResult.List { Feeds.Count: > 0 } list:
                Console.Write(TerminalText.Clean(Text(list)));
                return ExitCode.Ok;
            case var refused:
                Console.Error.WriteLine(TerminalText.Clean($"{file}: {(refused as OpmlResult.NotOpml)?.Reason ?? "the list has no feeds"}"));
                return ExitCode.No;
        }
    }

    /// <summary>The entries, then the feeds that were left out and why.</summary>
    internal static string Text(OpmlResult.List list)
    {
        var entries = new SourceEntries();
        foreach (var feed in list.Feeds)
        {
            entries.Add(feed.Title, feed.Title.Length > 0 ? feed.Title : feed.Url, feed.Url);
        }

        return $"{entries}{string.Concat(list.Repeated.Select(url => $"// left out, listed above: {url}\n"))}{string.Concat(list.Unusable.Select(url => $"// left out, not an http or https address: {url}\n"))}";
    }

    // Reading one byte more than the limit shows that the file is longer.
    private static ReadOnlyMemory<byte> Bytes(string file)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[Math.Min(stream.Length, Opml.MaxBytes + 1)];
        return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
