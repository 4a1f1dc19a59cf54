using System.Text.RegularExpressions;

namespace NewsWatch.Tests;

/// <summary>Holds the code against the table of rooms in ARCHITECTURE.md.</summary>
public sealed partial class HouseTests
{
    private const int MaxFiles = 30;

    /// <summary>Libraries by the words of the table's last column, with the namespaces that give them away.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Libraries = new Dictionary<string, string[]>
    {
        ["AngleSharp"] = ["AngleSharp"],
        ["ASP.NET Core"] = ["Microsoft.AspNetCore"],
        ["CodeHollow.FeedReader"] = ["CodeHollow"],
        ["Dapper"] = ["Dapper"],
        ["DnsClient"] = ["DnsClient"],
        ["DotLiquid"] = ["DotLiquid"],
        ["MailKit"] = ["MailKit"],
        ["MimeKit"] = ["MimeKit"],
        ["Npgsql"] = ["Npgsql"],
        ["Polly"] = ["Polly"],
        ["prometheus-net"] = ["Prometheus"],
        ["Quartz"] = ["Quartz"],
        ["SQLite"] = ["Microsoft.Data.Sqlite", "SQLitePCL"],
        ["System.CommandLine"] = ["System.CommandLine"],
    };

    private static readonly HouseRooms House = HouseRooms.Read();
    private static readonly string Source = HouseRooms.Source;

    [Fact]
    public void No_room_names_a_room_that_the_plan_does_not_let_it_name()
    {
        var rooms = Plan();
        Assert.True(rooms.Count >= 20, "the table of rooms in ARCHITECTURE.md was not found");

        var breaches = rooms.SelectMany(room => Files(room)
            .SelectMany(file => Named(file.Text)
                .Where(named => named != room.Name && !room.MayName.Contains(named))
                .Select(named => $"{Path.GetRelativePath(Source, file.Path)} names {named}")));

        Assert.Empty(breaches);
    }

    [Fact]
    public void A_room_touches_the_libraries_that_the_plan_lists_for_it_and_no_others()
    {
        var mistakes = Plan().SelectMany(room =>
        {
            var touched = Libraries.Where(library => Files(room).Any(file => library.Value.Any(name => Touches(file.Text, name)))).Select(library => library.Key).ToHashSet();
            return touched.Except(room.Touches).Select(library => $"{room.Name} touches {library}, and the table does not say so")
                .Concat(room.Touches.Where(Libraries.ContainsKey).Except(touched).Select(library => $"{room.Name} does not touch {library}, and the table says so"));
        });

        Assert.Equal([], mistakes);
    }

    [Fact]
    public void Only_the_engines_own_files_name_SQLite_or_Npgsql()
    {
        var others = House.Files.Where(file => Libraries["SQLite"].Concat(Libraries["Npgsql"]).Any(name => Touches(file.Text, name)) && !HouseRooms.Engine.Contains(Path.GetFileName(file.Path)));

        Assert.Equal([], others.Select(file => Path.GetRelativePath(Source, file.Path)));
    }

    [Fact]
    public void No_room_or_sub_room_uses_another_that_uses_it()
    {
        var uses = House.Uses();

        Assert.NotEmpty(uses);
        Assert.Equal([], HouseRooms.Cycle(uses));
    }

    [Fact]
    public void No_room_has_more_files_than_a_reader_takes_in()
    {
        var full = House.Files.GroupBy(file => file.Room).Where(room => room.Count() > MaxFiles).Select(room => room.Key);

        Assert.Equal([], full);
    }

    [Fact]
    public void Every_folder_of_code_is_a_room_of_the_plan()
    {
        var planned = Plan().Select(room => room.Name).ToHashSet();

        Assert.All(House.Files.Where(file => file.Room != "NewsWatch"), file => Assert.Contains(planned, room => file.Room == room || file.Room.StartsWith(room + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_put_off_in_a_comment() =>
        Assert.Empty(House.Files.Where(file => PutOff().IsMatch(file.Text)).Select(file => Path.GetRelativePath(Source, file.Path)));

    [Fact]
    public void Every_test_class_is_cleaned_up_after() // xunit 2 knows IDisposable and IAsyncLifetime, and passes over IAsyncDisposable without a word
    {
        var passedOver = typeof(HouseTests).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Where(type => type.IsAssignableTo(typeof(IAsyncDisposable)) && !type.IsAssignableTo(typeof(IAsyncLifetime)));

        Assert.Equal([], passedOver);
    }

    private static List<Room> Plan()
    {
        var rows = File.ReadLines(Path.Combine(Source, "ARCHITECTURE.md")).Select(line => RoomRow().Match(line)).Where(row => row.Success).ToList();
        var names = rows.Select(row => NameOf(row.Groups["room"].Value)).ToList();
        return
        [
            .. rows.Select(row => new Room(
                NameOf(row.Groups["room"].Value),
                Words(row.Groups["may"].Value).SelectMany(word => word switch
                {
                    "Core" => names.Where(name => name.StartsWith("Core.", StringComparison.Ordinal)),
                    "all rooms" => names,
                    "all rooms but Cli" => names.Where(name => name != "Cli"),
                    _ => names.Where(name => name == word || name == "Core." + word),
                }).ToHashSet(),
                Words(row.Groups["touches"].Value).ToHashSet())),
        ];
    }

    private static IEnumerable<string> Words(string cell) => cell.Split(',', StringSplitOptions.TrimEntries).Select(word => WithoutBrackets().Replace(word, "").Trim());

    /// <summary>NewsWatch.Core/Feeds is Core.Feeds, NewsWatch/Polling is Polling: as in the namespaces.</summary>
    private static string NameOf(string room) => room.Replace("NewsWatch.Core/", "Core.", StringComparison.Ordinal).Replace("NewsWatch/", "", StringComparison.Ordinal);

    private static IEnumerable<HouseRooms.Code> Files(Room room) => House.Files.Where(file => file.Room == room.Name || file.Room.StartsWith(room.Name + ".", StringComparison.Ordinal));

    private static bool Touches(string code, string library) => NamespaceUse().Matches(code).Any(match => (match.Groups["name"].Value + ".").StartsWith(library + ".", StringComparison.Ordinal));

    private static IEnumerable<string> Named(string code) =>
        Reference().Matches(code).Select(match => match.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"^\| `(?<room>NewsWatch[^`]*)` \| (?<may>[^|]*) \| (?<touches>[^|]*) \|", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WithoutBrackets();

    [GeneratedRegex(@"(?:^using |\W)NewsWatch\.(?<name>(Core\.)?[A-Z][A-Za-z]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(^using (static )?|\W)(?<name>(AngleSharp|CodeHollow|Dapper|DnsClient|DotLiquid|MailKit|Microsoft|MimeKit|Npgsql|Polly|Prometheus|Quartz|SQLitePCL|System)(\.\w+)*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex NamespaceUse();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PutOff();

    /// <summary>A row of the table.</summary>
    private sealed record Room(string Name, IReadOnlySet<string> MayName, IReadOnlySet<string> Touches);
}
