using NewsWatch.Configuration.Binding;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Text;

namespace NewsWatch.Configuration.Loading;

/// <summary>The result of loading a configuration.</summary>
public abstract record LoadResult(IReadOnlyList<Problem> Problems)
{
    /// <summary>The other inputs of the load.</summary>
    internal ExternalInputs Outside { get; init; } = new();

    /// <summary>The catalogues that <c>Include</c> names.</summary>
    internal IReadOnlyList<ConfigurationFile> Included { get; init; } = [];

    /// <summary>The configuration is valid; the problems are warnings.</summary>
    public sealed record Loaded(WatchConfiguration Configuration, IReadOnlyList<Problem> Problems) : LoadResult(Problems);

    /// <summary>The configuration has errors; nothing of it takes effect.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : LoadResult(Problems);
}

/// <summary>
/// Reads the watch configuration: positioned JSON, overlays merged, every key checked, every rule parsed and its examples run,
/// and all problems reported at once. The caller puts the result in force.
/// </summary>
/// <param name="secrets">Resolves <c>env:</c> and <c>file:</c>.</param>
/// <param name="include">Returns the text of an include by its name and the configuration's folder, or null.</param>
public sealed class ConfigurationLoader(Secrets secrets, Func<string, string, ConfigurationFile?> include)
{
    /// <summary>The section of the main file that is the watch configuration; overlays may leave the name out.</summary>
    private const string SectionName = "NewsWatch";

    /// <summary>A loader for this process.</summary>
    public static ConfigurationLoader OfProcess { get; } = new(Secrets.OfProcess, Includes.Find);

    /// <summary>Loads the given files.</summary>
    public LoadResult Load(ConfigurationFiles files) => Load(files, new Problems());

    /// <summary>Loads files of which most say what is in force already: its rules are not parsed and compiled again.</summary>
    internal LoadResult Load(ConfigurationFiles files, WatchConfiguration before) => Load(files, new Problems(), before: before);

    /// <summary>Loads files with an edit laid over them, whose entries replace those of the same name: to try it before it is saved.</summary>
    internal LoadResult Load(ConfigurationFiles files, ConfigurationFile edit) => Load(files with { Files = [.. files.Files, edit] }, new Problems(), edit);

    /// <summary>As the other; the problems also list the known keys.</summary>
    /// <param name="edit">The last of the files, if it replaces what it names; null if all belong together.</param>
    /// <param name="before">The configuration in force, or null.</param>
    internal LoadResult Load(ConfigurationFiles files, Problems problems, ConfigurationFile? edit = null, WatchConfiguration? before = null)
    {
        var outside = new ExternalInputs();
        var included = new List<ConfigurationFile>();
        var roots = files.Files.Select(file => Root(file, problems)).ToList();
        if (roots.Contains(null))
        {
            return new LoadResult.Refused(problems.All);
        }

        if (edit is not null)
        {
            roots = [.. roots.SkipLast(1).Select(root => Merge.Without(root!, roots[^1]!)), roots[^1]];
        }

        var merged = roots.Skip(1).Aggregate(roots[0]!, (first, second) => Merge.Of(first, second!, "", problems));
        var section = new Section(merged, "", problems);
        var configuration = new WatchReader(secrets.Noting(outside), files.Folder, Include, before).Read(section, () => VersionOf([.. files.Files, .. included]));
        return problems.AnyError
            ? new LoadResult.Refused(problems.All) { Outside = outside, Included = included }
            : new LoadResult.Loaded(configuration, problems.All) { Outside = outside, Included = included };

        ConfigurationFile? Include(string name)
        {
            var found = include(name, files.Folder);
            outside.Note(() => include(name, files.Folder)?.Text);
            included.AddRange(found is null ? [] : [found]);
            return found;
        }
    }

    /// <summary>A loader with stored includes, whatever the disk holds now.</summary>
    internal ConfigurationLoader With(IReadOnlyList<ConfigurationFile> included) =>
        new(secrets, (name, _) => included.FirstOrDefault(file => file.Name == Includes.FileOf(name)));

    private static ObjectNode? Root(ConfigurationFile file, Problems problems)
    {
        var root = NodeReader.Read(file, problems);
        if (root is not ObjectNode all)
        {
            if (root is not null)
            {
                problems.Error(root.Place, "", $"expected an object {{ }}, found {root.Shown}.");
            }

            return null;
        }

        if (IsOverlay(file) && all[SectionName] is null)
        {
            return all;
        }

        CheckBeside(file, all, problems);
        switch (all[SectionName])
        {
            case ObjectNode section:
                return section;
            case null:
                // A misspelled name is reported already.
                if (!problems.AnyError)
                {
                    problems.Error(all.Place, SectionName, "is missing: it holds sources, rules and subscribers. Write \"NewsWatch\": { ... } around them.");
                }

                return null;
            case var other:
                problems.Error(other.Place, SectionName, $"expected an object {{ }}, found {other.Shown}.");
                return null;
        }
    }

    /// <summary>Checks the keys beside the section: the host's settings, which only the main file may have.</summary>
    private static void CheckBeside(ConfigurationFile file, ObjectNode all, Problems problems)
    {
        string[] known = IsOverlay(file) ? [SectionName] : [SectionName, .. HostReader.Sections];
        foreach (var member in all.Members.Where(member => !known.Contains(member.Key) && member.Key != "$schema"))
        {
            problems.Error(member.KeyPlace, member.Key, HostReader.Sections.Contains(member.Key)
                ? "belongs in the main file: the host reads it only there."
                : Spelling.DidYouMean(member.Key, known) is { Length: > 0 } near ? $"unknown key.{near}" : $"unknown key. Known here: {string.Join(", ", known)}.");
        }

        if (!IsOverlay(file))
        {
            HostReader.Check(all, problems);
        }
    }

    private static bool IsOverlay(ConfigurationFile file) => file.Name.Contains('/', StringComparison.Ordinal);

    private static string VersionOf(IEnumerable<ConfigurationFile> files)
    {
        var all = string.Join('\0', files.Select(file => file.Name + '\0' + file.Text));
        return TextHash.Of(all, 12);
    }
}
