using NewsWatch.Cli;
using NewsWatch.Health;

namespace NewsWatch.Tests.Cli;

public sealed class HealthCommandTests
{
    private static readonly DateTimeOffset At = new(2025, 8, 6, 18, 45, 0, TimeSpan.Zero);

    [Fact]
    public void A_person_reads_lines_the_problems_first()
    {
        var report = new HealthReport(false, ["channel mail has accepted nothing for 12 min"], At, null, At);

        Assert.Equal(
            "Not ready:\n  channel mail has accepted nothing for 12 min\nLast poll cycle: 2025-08-06 18:45:00Z\nOldest waiting delivery, due: 2025-08-06 18:45:00Z",
            HealthCommand.Text(report));
        Assert.Equal("Ready: the service polls, processes and delivers in time.", HealthCommand.Text(new(true, [], null, null, null)));
    }

    [Fact]
    public void What_the_service_says_in_JSON_is_read_and_what_it_says_in_a_word_too()
    {
        var read = HealthCommand.Read("""{"ready":false,"problems":["late"],"lastCycle":"2025-08-06T18:45:00+00:00","oldestItem":null,"oldestDelivery":null}""", ready: false);

        Assert.Equal((false, "late", At), (read.Ready, read.Problems.Single(), read.LastCycle));
        Assert.True(HealthCommand.Read("ready\n", ready: true) is { Ready: true, Problems: [] });
        Assert.Contains("Web:OperatorToken", Assert.Single(HealthCommand.Read("not ready\n", ready: false).Problems), StringComparison.Ordinal);
    }
}
