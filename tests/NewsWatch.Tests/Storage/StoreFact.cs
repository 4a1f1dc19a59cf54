using NewsWatch.Tests.Support;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NewsWatch.Tests.Storage;

/// <summary>A test of a store, for every engine: where PostgreSQL cannot run, its run there is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NewsWatch.Tests.Storage.StoreFactDiscoverer", "NewsWatch.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NewsWatch.Tests.Storage.StoreTheoryDiscoverer", "NewsWatch.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

/// <summary>Finds the tests of <see cref="StoreFactAttribute"/>.</summary>
public sealed class StoreFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) => Why(testMethod) is { } why
        ? new XunitSkippedDataRowTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, why)
        : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    /// <summary>Why a method is not run in its class; null when it is.</summary>
    internal static string? Why(ITestMethod method) => method.TestClass.Class.Name.Split('.')[^1] switch
    {
        var name when name.StartsWith(nameof(StorageEngine.Postgres), StringComparison.Ordinal) => PostgresServer.Missing,
        var name when name.StartsWith(nameof(StorageEngine.Pooled), StringComparison.Ordinal) => PgBouncer.Missing,
        _ => null,
    };
}

/// <summary>Finds the tests of <see cref="StoreTheoryAttribute"/>.</summary>
public sealed class StoreTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        StoreFactDiscoverer.Why(testMethod) is { } why ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, why) : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
