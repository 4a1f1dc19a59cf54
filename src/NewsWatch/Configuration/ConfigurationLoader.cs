using System.Security.Cryptography;
using System.Text;
using NewsWatch.Configuration.Reading;

namespace NewsWatch.Configuration;

/// <summary>What became of a configuration.</summary>
public abstract record LoadResult(IReadOnlyList<Problem> Problems)
{
    /// <summary>What was read besides the files.</summary>
    internal Outside Outside { get; init; } = new();

    /// <summary>The catalogues that <c>Include</c> names.</summary>
    internal IReadOnlyList<ConfigurationFile> Included { get; init; } = [];

    /// <summary>It can be put in force; the problems are warnings.</summary>
    public sealed record Loaded(WatchConfiguration Configuration, IReadOnlyList<Problem> Problems) : LoadResult(Problems);

    /// <summary>It has errors; nothing of it is used.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : LoadResult(Problems);
}

/// <summary>
/// Reads the watch configuration: positioned JSON, overlays merged, every key checked, every rule parsed and its examples run,
/// all problems told at once. Nothing is put in force here.
/// </summary>
/// <param name="secrets">Where <c>env:</c> and <c>file:</c> lead.</param>
/// <param name="include">The text of an include by its name and the configuration's folder, or null when there is none.</param>
public sealed class ConfigurationLoader(Secrets secrets, Func<string, string, ConfigurationFile?> include)
{
    /// <summary>The section of the main file that is the watch configuration; overlays may leave the name out.</summary>
    private const string SectionName = "NewsWatch";

    /// <summary>A loader for this process.</summary>
    public static ConfigurationLoader OfProcess { get; } = new(Secrets.OfProcess, Includes.Find);

    /// <summary>Reads files that were read before.</summary>
    public LoadResult Load(ConfigurationFiles files) => Load(files, new Problems());

    /// <summary>As the other; the problems also know which keys were asked for.</summary>
    internal LoadResult Load(ConfigurationFiles files, Problems problems)
    {
        var outside = new Outside();
        var included = new List<ConfigurationFile>();
        var roots = files.Files.Select(file => Root(file, problems)).ToList();
        if (problems.AnyError)
        {
            return new LoadResult.Refused(problems.All);
        }

        var merged = roots.Skip(1).Aggregate(roots[0]!, (first, second) => Merge.Of(first, second!, "", problems));
        var section = new Section(merged, "", problems);
        var configuration = new WatchReader(secrets.Noting(outside), files.Folder, Include).Read(section, () => VersionOf([.. files.Files, .. included]));
        return problems.AnyError
            ? new LoadResult.Refused(problems.All) { Outside = outside }
            : new LoadResult.Loaded(configuration, problems.All) { Outside = outside, Included = included };

        ConfigurationFile? Include(string name)
        {
            var found = include(name, files.Folder);
            outside.Note(() => include(name, files.Folder)?.Text);
            included.AddRange(found is null ? [] : [found]);
            return found;
        }
    }

    /// <summary>A loader that takes includes from what was kept, whatever the disk holds by now.</summary>
    internal ConfigurationLoader With(IReadOnlyList<ConfigurationFile> included) =>
        new(secrets, (name, _) => included.FirstOrDefault(file => file.Name == Includes.FileOf(name)));

    private static ObjectNode? Root(ConfigurationFile file, Problems problems)
    {
        var root = NodeReader.Read(file, problems);
        if (root is not ObjectNode all)
        {
            if (root is not null)
            {
                problems.Error(root.Place, "", $"{root.Kind} stands where an object {{ }} belongs.");
            }

            return null;
        }

        var overlay = file.Name.Contains('/', StringComparison.Ordinal);
        switch (all[SectionName])
        {
            case ObjectNode section:
                return section;
            case null when overlay:
                return all;
            case null:
                problems.Error(all.Place, SectionName, "is missing: sources, rules and subscribers stand in it.");
                return null;
            case var other:
                problems.Error(other.Place, SectionName, $"{other.Kind} stands where an object {{ }} belongs.");
                return null;
        }
    }

    private static string VersionOf(IEnumerable<ConfigurationFile> files)
    {
        var all = string.Join('\0', files.Select(file => file.Name + '\0' + file.Text));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12];
    }
}
