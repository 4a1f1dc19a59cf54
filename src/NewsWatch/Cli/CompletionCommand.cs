using System.CommandLine;

namespace NewsWatch.Cli;

/// <summary><c>newswatch completion bash</c>: the completion script of a shell; at each tab it asks this program.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # newswatch: completion of commands and options. Load it with: source <(newswatch completion bash)
        _newswatch() {
          local IFS=$'\n' words="${COMP_LINE#* }"
          COMPREPLY=($(compgen -W "$(newswatch "[suggest:$((COMP_POINT - ${#COMP_LINE} + ${#words}))]" "$words" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _newswatch newswatch
        """;

    private const string Zsh = """
        # newswatch: completion of commands and options. Load it with: source <(newswatch completion zsh)
        autoload -U +X bashcompinit && bashcompinit
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "Prints the completion script of a shell: source <(newswatch completion bash).") { shell };
        command.SetAction(arguments => Console.WriteLine(arguments.GetRequiredValue(shell) == "zsh" ? $"{Zsh}\n{Bash}" : Bash));
        return command;
    }
}
