using System.Text.RegularExpressions;
using NewsWatch.Configuration;

namespace NewsWatch.Tests.Documents;

/// <summary>The documents hold what they promise: their links lead somewhere, and they name what the program has.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_between_documents_leads_to_a_file_and_a_heading()
    {
        var links = Repository.Documents.SelectMany(file => Link().Matches(Repository.Read(file)).Select(match => (File: file, Target: match.Groups["target"].Value))).ToList();

        Assert.NotEmpty(links);
        Assert.Equal([], links.Where(link => !Leads(link.File, link.Target)).Select(link => $"{link.File}: {link.Target}"));
    }

    [Fact]
    public void Every_page_of_the_documentation_is_reached_from_its_first_page()
    {
        var listed = Link().Matches(Repository.Read("docs/README.md")).Select(match => match.Groups["target"].Value).ToHashSet();
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(file => Path.GetFileName(file)).Where(page => page != "README.md");

        Assert.Equal([], pages.Where(page => !listed.Contains(page)));
    }

    [Fact]
    public void The_newest_entry_of_the_changelog_is_this_version() =>
        Assert.Equal(Product.Version, VersionHeading().Match(Repository.Read("CHANGELOG.md")).Groups["version"].Value);

    [Fact]
    public void The_workflow_runs_the_tests_command_of_the_readme()
    {
        Assert.Contains("- run: bash tests/run.sh\n", Repository.Read(".github/workflows/tests.yml"), StringComparison.Ordinal);
        Assert.Contains("\nbash tests/run.sh\n", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    private static bool Leads(string from, string target)
    {
        var (path, heading) = target.Split('#') is [var page, var anchor] ? (page, anchor) : (target, null);
        var file = path.Length == 0 ? from : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(from)!, path)));
        return Path.Exists(Path.Combine(Repository.Root, file)) && (heading is null || Headings(file).Contains(heading));
    }

    /// <summary>The anchors that a page's headings get: lower case, hyphens for blanks, no punctuation.</summary>
    private static IEnumerable<string> Headings(string file) =>
        Heading().Matches(Repository.Read(file)).Select(match => Punctuation().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^):\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]", RegexOptions.NonBacktracking)]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex VersionHeading();
}
