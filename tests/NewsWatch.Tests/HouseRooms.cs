using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NewsWatch.Tests;

/// <summary>The code of src as rooms: one for each folder, what each declares, and which others it uses.</summary>
internal sealed partial class HouseRooms
{
    /// <summary>The files that speak to SQLite itself, in Storage, and what an operator is told of its errors at a start; all others have a Session.</summary>
    public static IReadOnlyList<string> Engine { get; } = [
        "Backup.cs", "DatabaseLock.cs", "DatabaseTrouble.cs", "ListParameter.cs", "PostgresBatch.cs", "PostgresConnection.cs", "PostgresEngine.cs", "PostgresLocks.cs", "PostgresPassword.cs", "PostgresReplica.cs", "PostgresInspection.cs", "PostgresSetup.cs", "PostgresWriter.cs", "PreparedConnection.cs", "Schema.cs", "SqliteEngine.cs", "SqliteReaders.cs", "StorageTarget.cs", "StorageTrouble.cs", "TransferSource.cs", "TransferTarget.cs",
    ];

    private readonly IReadOnlyList<Code> _files;
    private readonly ILookup<string, string> _types;

    private HouseRooms(IReadOnlyList<Code> files)
    {
        _files = files;
        _types = files.SelectMany(file => Declaration().Matches(file.Text).Select(match => (file.Room, Type: match.Groups["name"].Value)))
            .ToLookup(declared => declared.Room, declared => declared.Type);
    }

    /// <summary>The folder src.</summary>
    public static string Source { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "src"));

    /// <summary>Every file of code, with its room (<c>Polling.Items</c>, <c>Core.Feeds</c>) and its text.</summary>
    public IReadOnlyList<Code> Files => _files;

    /// <summary>Reads the code from the disk.</summary>
    public static HouseRooms Read() => new(
    [
        .. Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => new Code(file, RoomOf(file), File.ReadAllText(file))),
    ]);

    /// <summary>Which rooms each room uses: by a using directive, or because it lies inside the other, and by the name of a type.</summary>
    public ILookup<string, string> Uses()
    {
        var uses = new HashSet<(string From, string To)>();
        foreach (var file in _files)
        {
            var words = Word().Matches(Bare(file.Text)).Select(match => match.Value).ToHashSet();
            uses.UnionWith(Visible(file).Where(room => room != file.Room && _types[room].Any(words.Contains)).Select(room => (file.Room, room)));
        }

        return uses.ToLookup(use => use.From, use => use.To);
    }

    /// <summary>A way from a room back to itself; empty when there is none.</summary>
    public static IReadOnlyList<string> Cycle(ILookup<string, string> uses)
    {
        var done = new HashSet<string>();
        foreach (var room in uses.Select(from => from.Key).Order(StringComparer.Ordinal))
        {
            if (Walk(room, []) is { Count: > 0 } cycle)
            {
                return cycle;
            }
        }

        return [];

        IReadOnlyList<string> Walk(string room, IReadOnlyList<string> way)
        {
            if (way.Contains(room))
            {
                return [.. way.SkipWhile(earlier => earlier != room), room];
            }

            return done.Add(room) || way.Count == 0
                ? uses[room].Select(next => Walk(next, [.. way, room])).FirstOrDefault(cycle => cycle.Count > 0) ?? []
                : [];
        }
    }

    private IEnumerable<string> Visible(Code file)
    {
        var parents = file.Room.Split('.').Select((_, index) => string.Join('.', file.Room.Split('.').Take(index + 1)));
        var named = Using().Matches(file.Text).Select(match => match.Groups["name"].Value);
        return parents.Concat(named.SelectMany(name => new[] { name, name[..Math.Max(0, name.LastIndexOf('.'))] })).Where(_types.Contains).Distinct();
    }

    /// <summary>The code without comments, texts and using directives: what is left names types.</summary>
    private static string Bare(string code) => NoCode().Replace(code, " ");

    private static string RoomOf(string file) =>
        Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace("NewsWatch.Core", "Core", StringComparison.Ordinal).Replace("NewsWatch" + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(Path.DirectorySeparatorChar, '.');

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^(\[[^\n]*\]\s*)?((public|internal|static|sealed|abstract|readonly|partial) )*(class|record struct|record class|record|struct|interface|enum|delegate [\w<>?]+) (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^using (static )?NewsWatch\.(?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Using();

    [GeneratedRegex(@"//[^\n]*|^using [^\n]*|\.\w+|""(\\.|[^""\\\n])*""", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex NoCode();

    [GeneratedRegex(@"\b[A-Z]\w*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    /// <summary>A file of code.</summary>
    internal sealed record Code(string Path, string Room, string Text);
}
