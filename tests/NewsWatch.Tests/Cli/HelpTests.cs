using System.CommandLine;
using NewsWatch.Cli;
using NewsWatch.Tests.Documents;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

/// <summary>The help of every command, as it is read.</summary>
public sealed class HelpTests
{
    private static readonly RootCommand Newswatch = CommandTree.Create();

    [Fact]
    public void The_help_of_every_command_is_approved()
    {
        var pages = Newswatch.Subcommands.SelectMany(command => command.Subcommands.Select(sub => $"{command.Name} {sub.Name}").Prepend(command.Name)).Prepend("").Select(Help);

        Snapshot.Approved(string.Concat(pages), "help.txt");
    }

    [Fact]
    public void The_commands_page_lists_every_command()
    {
        var page = Repository.Read("docs/commands.md");

        Assert.Equal([], Newswatch.Subcommands.Select(command => command.Name).Where(name => !page.Contains($"`{name}", StringComparison.Ordinal) && !page.Contains($"newswatch {name}`", StringComparison.Ordinal)));
    }

    private static string Help(string command)
    {
        using var output = new StringWriter();
        Newswatch.Parse($"{command} --help").Invoke(new InvocationConfiguration { Output = output });
        return $"$ {$"newswatch {command}".Trim()} --help\n{output.ToString().ReplaceLineEndings("\n").Replace(RootCommand.ExecutableName, "newswatch", StringComparison.Ordinal).TrimEnd()}\n\n";
    }
}
