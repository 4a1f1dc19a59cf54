using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NewsWatch.Tests;

/// <summary>Holds the code against the table of rooms in ARCHITECTURE.md.</summary>
public sealed partial class HouseTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "..", "..", "src"));

    [Fact]
    public void No_room_names_a_room_that_the_plan_does_not_let_it_name()
    {
        var rooms = Plan();
        Assert.True(rooms.Count >= 13, "the table of rooms in ARCHITECTURE.md was not found");

        var breaches = rooms.SelectMany(room => Files(room.Path)
            .SelectMany(file => Named(File.ReadAllText(file))
                .Where(named => named != room.Name && !room.MayName.Contains(named))
                .Select(named => $"{Path.GetRelativePath(Source, file)} names {named}")));

        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_folder_of_code_is_a_room_of_the_plan()
    {
        var planned = Plan().Select(room => room.Path).ToHashSet();
        var folders = new[] { "NewsWatch.Core", "NewsWatch" }
            .SelectMany(project => Directory.GetDirectories(Path.Combine(Source, project)))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"));

        Assert.All(folders, folder => Assert.Contains(folder, planned));
    }

    [Fact]
    public void Nothing_is_put_off_in_a_comment() =>
        Assert.Empty(Files(Source).Where(file => PutOff().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Source, file)));

    [Fact]
    public void Every_test_class_is_cleaned_up_after() // xunit 2 knows IDisposable and IAsyncLifetime, and passes over IAsyncDisposable without a word
    {
        var passedOver = typeof(HouseTests).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Where(type => type.IsAssignableTo(typeof(IAsyncDisposable)) && !type.IsAssignableTo(typeof(IAsyncLifetime)));

        Assert.Equal([], passedOver);
    }

    private static List<(string Path, string Name, HashSet<string> MayName)> Plan()
    {
        var rows = File.ReadLines(Path.Combine(Source, "ARCHITECTURE.md")).Select(line => RoomRow().Match(line)).Where(row => row.Success).ToList();
        var names = rows.Select(row => NameOf(row.Groups["room"].Value)).ToList();
        return
        [
            .. rows.Select(row =>
            {
                var may = row.Groups["may"].Value.Split(',', StringSplitOptions.TrimEntries).Select(word => WithoutBrackets().Replace(word, "").Trim());
                var allowed = may.SelectMany(word => word switch
                {
                    "Core" => names.Where(name => name.StartsWith("Core.", StringComparison.Ordinal)),
                    "all rooms" => names,
                    "all rooms but Cli" => names.Where(name => name != "Cli"),
                    _ => names.Where(name => name == word || name == "Core." + word),
                });
                return (Path.Combine(Source, row.Groups["room"].Value), NameOf(row.Groups["room"].Value), allowed.ToHashSet());
            }),
        ];
    }

    /// <summary>NewsWatch.Core/Feeds is Core.Feeds, NewsWatch/Polling is Polling: as in the namespaces.</summary>
    private static string NameOf(string room) => room.Replace("NewsWatch.Core/", "Core.", StringComparison.Ordinal).Replace("NewsWatch/", "", StringComparison.Ordinal);

    private static IEnumerable<string> Named(string code) =>
        Reference().Matches(code).Select(match => match.Groups["name"].Value).Distinct();

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^\| `(?<room>NewsWatch[^`]*)` \| (?<may>[^|]*) \|", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WithoutBrackets();

    [GeneratedRegex(@"(?:^using |\W)NewsWatch\.(?<name>(Core\.)?[A-Z][A-Za-z]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PutOff();
}
