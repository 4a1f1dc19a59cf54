using System.Text.RegularExpressions;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Replicas;

namespace NewsWatch.Tests.Storage;

/// <summary>What a store does is tested on every engine.</summary>
public sealed partial class ContractTests
{
    private static readonly IReadOnlyList<Type> Contracts = [.. typeof(StorageContract).Assembly.GetTypes().Where(type => type.IsAbstract && type.BaseType == typeof(StorageContract))];

    [Fact]
    public void Every_contract_has_an_heir_for_each_engine()
    {
        var heirs = typeof(StorageContract).Assembly.GetTypes().Select(type => type.Name).ToHashSet();

        Assert.Equal([], Contracts.SelectMany(contract => Enum.GetNames<StorageEngine>().Select(engine => engine + contract.Name)).Where(heir => !heirs.Contains(heir)));
    }

    /// <summary>What moves rows of an earlier version's file, what replicas say to each other, and drills and feedback: tested with such files, with processes, and with their pages.</summary>
    private static readonly string[] Elsewhere = [nameof(ArchiveMove), nameof(ReplicaStore), "DrillStore", "FeedbackStore", "NoiseViews"];

    [Fact]
    public void Every_store_is_tested_by_a_contract()
    {
        var folder = Path.Combine(HouseRooms.Source, "..", "tests", "NewsWatch.Tests", "Storage");
        var named = Contracts.Where(contract => contract != typeof(StatementTests))
            .SelectMany(contract => Word().Matches(File.ReadAllText(Path.Combine(folder, contract.Name + ".cs"))).Select(word => word.Value)).ToHashSet();
        var stores = StatementTests.Methods.Select(method => method.DeclaringType!).Distinct().Select(store => store.Name).ToList();

        Assert.InRange(stores.Count, 50, int.MaxValue);
        Assert.Equal([], stores.Where(store => !named.Contains(store) && !Elsewhere.Contains(store)));
    }

    [GeneratedRegex(@"\b[A-Z]\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
