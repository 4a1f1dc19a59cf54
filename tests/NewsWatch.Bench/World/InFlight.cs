using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>Four mails are at a slow server, whose answers are still out, when something happens to the service or its clock.</summary>
internal static class InFlight
{
    private const int News = 8;
    private const int Connections = 4;

    public static async Task<TrialResult> SecondRunAsync(CancellationToken cancellation)
    {
        var (figure, exit) = ("", 0);
        var (repeated, lost) = await TryAsync(
            async (desk, _) =>
            {
                await using var second = desk.StartSecond();
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                patience.CancelAfter(TimeSpan.FromSeconds(25));
                try
                {
                    exit = await second.EndAsync(patience.Token);
                    figure = $"the second ended with {exit} and said: {second.Output.ReplaceLineEndings(" | ")}";
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    figure = "the second runs on";
                }
            },
            cancellation);
        return new TrialResult.Measured($"{repeated} repeated, {lost} lost; {figure}", "0 repeated, 0 lost, the second ends with one line", repeated + lost == 0 && exit != 0 && !figure.Contains('|', StringComparison.Ordinal));
    }

    public static async Task<TrialResult> PauseAsync(CancellationToken cancellation)
    {
        var (repeated, lost) = await TryAsync(
            async (_, service) =>
            {
                await service.SignalAsync("STOP", cancellation);
                await Task.Delay(TimeSpan.FromSeconds(40), cancellation);
                await service.SignalAsync("CONT", cancellation);
                await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            },
            cancellation);
        return Result(repeated, lost);
    }

    public static async Task<TrialResult> ClockStepAsync(CancellationToken cancellation)
    {
        using var clock = MovedClock.Install();
        if (clock is null)
        {
            return MovedClock.Missing;
        }

        var (repeated, lost) = await TryAsync(
            async (_, _) =>
            {
                clock.Move("+360s");
                await Task.Delay(TimeSpan.FromSeconds(20), cancellation);
            },
            cancellation,
            clock.Environment);
        return Result(repeated, lost);
    }

    private static TrialResult.Measured Result(int repeated, int lost) => new($"{repeated} repeated, {lost} lost of {News}", "0 repeated, 0 lost", repeated + lost == 0);

    private static async Task<(int Repeated, int Lost)> TryAsync(Func<WorldDesk, LiveService, Task> happens, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Mail.Policy = new MailPolicy { Dot = () => answers.Task };
        var feed = desk.AddFeed("wire");
        var published = Enumerable.Range(0, News).Select(n => feed.Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation, environment);
        if (!await WorldDesk.UntilAsync(() => desk.Mail.AtDot >= Connections, 60, cancellation))
        {
            throw new NotStartedException($"{desk.Mail.AtDot} of {Connections} mails were in flight after 60 s: {service.Process.Output.ReplaceLineEndings(" | ")}");
        }

        await happens(desk, service);
        answers.SetResult();
        await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), 40, cancellation);
        await Task.Delay(TimeSpan.FromSeconds(8), cancellation); // a copy would come now
        return (desk.Mail.Repeated, published.Count(key => !desk.Told.Contains(key)));
    }
}
