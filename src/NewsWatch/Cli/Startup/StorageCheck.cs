using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>What a start would refuse about the database's server, for <c>newswatch check</c>, which tells it beside all other problems.</summary>
internal static class StorageCheck
{
    /// <summary>The result of a load with the problems of its database.</summary>
    public static LoadResult Add(LoadResult result, string file)
    {
        var problems = Problems(file).Where(problem => !result.Problems.Any(known => known.Path == problem.Path)).ToList();
        IReadOnlyList<Problem> all = [.. result.Problems.Concat(problems).OrderBy(problem => problem.IsWarning)];
        return problems.Exists(problem => !problem.IsWarning) ? new LoadResult.Refused(all) { Included = result.Included }
            : result is LoadResult.Loaded loaded ? loaded with { Problems = all }
            : new LoadResult.Refused(all) { Included = result.Included };
    }

    private static IEnumerable<Problem> Problems(string file)
    {
        IConfiguration settings;
        try
        {
            settings = HostSettings.Read(file);
        }
        catch (SettingException token)
        {
            return [new(new(Path.GetFileName(file), 1, 1), "Web", token.Message, IsWarning: false)];
        }

        var section = (NodeReader.Read(new(Path.GetFileName(file), File.ReadAllText(file)), new Problems()) as ObjectNode)?["Storage"] as ObjectNode;
        var errors = StorageSettings.Errors(settings) is { Count: > 0 } wrong ? wrong : AtServer(settings);
        return errors.Select(error => At(error, isWarning: false)).Concat(errors.Count > 0 ? [] : StorageSettings.Warnings(settings).Select(warning => At(warning, isWarning: true)));

        Problem At(StorageProblem problem, bool isWarning) =>
            new(section?[problem.Key]?.Place ?? Place.OfVariable($"Storage__{problem.Key}"), $"Storage.{problem.Key}", problem.Message, isWarning);
    }

    /// <summary>What only the server can say. One that cannot be reached from here is no error: the service may run elsewhere.</summary>
    private static IReadOnlyList<StorageProblem> AtServer(IConfiguration settings)
    {
        var target = HostSettings.Target(settings);
        try
        {
            return target.Connection is null ? [] : [.. PostgresSetup.Refusals(target.Direct ?? target.Connection).Select(refusal => new StorageProblem("Connection", refusal))];
        }
        catch (Exception unreachable) when (StorageTrouble.IsAny(unreachable))
        {
            return [];
        }
    }
}
