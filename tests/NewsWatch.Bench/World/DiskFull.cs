using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>The disk of the database fills up while news come, and has room again later.</summary>
internal static class DiskFull
{
    public static async Task<TrialResult> RunAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var disk = Directory.CreateDirectory(Path.Combine(desk.Folder, "data")).FullName;
        if (!Environment.IsPrivilegedProcess || (await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], cancellation)).Exit != 0)
        {
            return new TrialResult.Skipped("this needs root, with the right to mount a small disk (tmpfs)");
        }

        try
        {
            return await TryAsync(desk, disk, cancellation);
        }
        finally
        {
            await Tool.RunAsync("umount", ["-l", disk], CancellationToken.None);
        }
    }

    private static async Task<TrialResult> TryAsync(WorldDesk desk, string disk, CancellationToken cancellation)
    {
        var feeds = Enumerable.Range(1, 8).Select(n => desk.AddFeed($"wire-{n}", $"127.0.5.{n}")).ToList();
        var published = feeds.Select((feed, n) => feed.Publish(n)).ToList();
        await using var service = await desk.StartAsync(cancellation);
        await WorldDesk.UntilAsync(() => published.All(desk.Told.Contains), 40, cancellation);
        Fill(Path.Combine(disk, "fill"));
        var said = "";
        for (var round = 0; round < 4 && !service.Process.HasEnded; round++)
        {
            published.AddRange(feeds.Select((feed, n) => feed.Publish(100 + (round * feeds.Count) + n)));
            await Task.Delay(TimeSpan.FromSeconds(6), cancellation);
            said = await service.AskAsync("/health/ready", cancellation) is { } ready ? $"{(int)ready.Status} {ready.Body}" : "no answer";
        }

        if (service.Process.HasEnded)
        {
            return new TrialResult.Measured($"the service ended with {await service.Process.EndAsync(cancellation)}", "it stays alive", false);
        }

        File.Delete(Path.Combine(disk, "fill"));
        await WorldDesk.UntilAsync(() => service.Process.HasEnded || published.All(desk.Told.Contains), 70, cancellation);
        var lost = published.Count(key => !desk.Told.Contains(key));
        var ended = service.Process.HasEnded;
        var exit = await service.Process.StopAsync(cancellation);
        var named = said.StartsWith("503", StringComparison.Ordinal) && said.Contains("the disk is full", StringComparison.Ordinal);
        return new TrialResult.Measured(
            $"{(ended ? "ended by itself" : "alive")}, exit code {exit} after SIGTERM; ready said: {(named ? "503, the disk is full" : said)}; {lost} of {published.Count} lost, {desk.Mail.Repeated} repeated",
            "alive, 503 \"the disk is full\", 0 lost, 0 after SIGTERM",
            !ended && exit == 0 && named && lost == 0);
    }

    private static void Fill(string path)
    {
        var block = new byte[4096];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }
}
