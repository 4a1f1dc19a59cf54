using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NewsWatch.Tests.Support;

/// <summary>
/// Counts exceptions that nobody caught while the tests ran, on threads and in tasks, and fails the run at its end if there was one: what reaches
/// the host of a test would have reached the host of the service.
/// </summary>
public sealed class EscapesFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    private static readonly ConcurrentQueue<Exception> Escaped = new();

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName)
    {
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) => Escaped.Enqueue((Exception)thrown.ExceptionObject);
        TaskScheduler.UnobservedTaskException += (_, thrown) => Escaped.Enqueue(thrown.Exception);
        return new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);
    }

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider source, IMessageSink diagnostics) : XunitTestFrameworkExecutor(assembly, source, diagnostics)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            // A task tells that nobody looked at its exception when it is collected.
            for (var round = 0; round < 2; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            if (!Escaped.IsEmpty)
            {
                Console.Error.WriteLine(string.Join('\n', Escaped));
                Aggregator.Add(new InvalidOperationException($"{Escaped.Count} exceptions were caught by nobody"));
            }

            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
