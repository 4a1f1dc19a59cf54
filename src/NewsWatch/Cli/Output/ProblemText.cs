using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Output;

/// <summary>The problems of a configuration on a terminal: errors red, warnings yellow.</summary>
internal static class ProblemText
{
    /// <summary>One line for each problem, with the caret lines below it.</summary>
    public static string Of(IReadOnlyList<Problem> problems, Ink ink) => Report.Of([.. problems.Select(Clean)], (problem, text) => problem.IsWarning ? ink.Yellow(text) : ink.Red(text));

    private static Problem Clean(Problem problem) => problem with
    {
        Place = problem.Place with { File = TerminalText.Line(problem.Place.File) },
        Path = TerminalText.Line(problem.Path),
        Message = TerminalText.Line(problem.Message),
        Excerpt = problem.Excerpt is { } excerpt ? TerminalText.Clean(excerpt) : null,
    };
}
