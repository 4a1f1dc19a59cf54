using System.CommandLine;
using NewsWatch.Configuration.Binding;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Startup;

/// <summary>Reports wrong arguments: the error, the name that was probably meant, and where to find the others; exit code 2.</summary>
internal static class UsageTrouble
{
    /// <summary>Reports the parser's errors.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(ParseResult arguments)
    {
        var command = arguments.CommandResult.Command;
        var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Concat(arguments.RootCommandResult.Command.Options).Where(option => !option.Hidden).Select(option => option.Name)).Distinct().ToList();
        foreach (var error in arguments.UnmatchedTokens.Count > 0
            ? arguments.UnmatchedTokens.Select(token => $"There is no {(token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument")} \"{token}\".{Spelling.DidYouMean(token, known)}")
            : arguments.Errors.Select(error => error.Message))
        {
            Console.Error.WriteLine(TerminalText.Clean(error));
        }

        Console.Error.WriteLine($"See: newswatch {(command is RootCommand ? "" : $"{command.Name} ")}--help");
        return ExitCode.Usage;
    }

    /// <summary>Reports a name that the configuration does not have.</summary>
    /// <returns>The exit code.</returns>
    public static int Unknown(string what, string name, IEnumerable<string> known) => Say($"There is {Spelling.Unknown(what, name, [.. known])}");

    /// <summary>Reports an error in an argument.</summary>
    /// <returns>The exit code.</returns>
    public static int Say(string text)
    {
        Console.Error.WriteLine(TerminalText.Clean(text));
        return ExitCode.Usage;
    }
}
