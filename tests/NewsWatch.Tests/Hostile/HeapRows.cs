using System.Diagnostics;
using System.IO.Compression;
using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Many documents at once, each within its limits, that add up to more than the process may use; and the whole table in a small heap.</summary>
public sealed class HeapRows
{
    private const int Feeds = 30;
    private const int Pages = 32;

    [Fact]
    public async Task Thirty_feeds_of_many_elements_at_once_leave_a_well_source_alone()
    {
        await using var world = await HostileWorld.OpenAsync();
        var item = $"<item><title>plain</title>{string.Concat(Enumerable.Repeat("<category>c</category>", 310))}</item>";
        var feed = Packed(["<rss version='2.0'><channel><title>t</title>", .. Enumerable.Repeat(item, 2_000), "</channel></rss>"]);
        var sources = new List<Source>();
        for (var n = 0; n < Feeds; n++)
        {
            world.Site.Answer($"/feed-{n}", feed);
            sources.Add(world.Source($"hostile-{n}", "/") with { Url = world.Site.At($"/feed-{n}", $"news-{n}.example.com") });
        }

        world.Site.Answer("/well", Reply.Text(Rss.Of(3)));
        await world.PollAsync([.. sources, world.Source("well", "/well") with { Url = world.Site.At("/well", "well.example.com") }]);

        Assert.Equal((SourceState.Ok, 3L), (world.Row("well").State, world.Items("well")));
        Assert.All(sources, source => Assert.NotNull(world.Row(source.Id).LastPoll));
    }

    [Fact]
    public async Task Thirty_two_large_pages_at_once_are_read_or_refused()
    {
        await using var world = await HostileWorld.OpenAsync();
        var tooMany = Packed(Enumerable.Repeat("<p a=1 b=2 c=3>", 300_000));
        var many = Packed(Enumerable.Range(0, 19_000).Select(n => $"<p>A sentence of some length {n}, with a comma, stands in this paragraph.</p>").Prepend("<body>"));
        for (var n = 0; n < Pages; n++)
        {
            world.Site.Answer($"/page-{n}", n % 2 == 0 ? tooMany : many);
        }

        var items = string.Concat(Enumerable.Range(0, Pages).Select(n => $"<item><guid>{n}</guid><title>Ceasefire {n}</title><link>{world.Site.At($"/page-{n}", $"p{n}.example.com")}</link></item>"));
        world.Site.Answer("/feed", Reply.Text($"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"));
        await world.PollAsync(world.Source("hostile", "/feed") with { FullText = FullText.Always });
        await world.SettleAsync();

        var articles = world.Database.Read(db => Stored.ArticlesByLength(db, 10_000));
        Assert.Equal(Pages / 2, articles[true].Count());
        Assert.All(world.Database.Read(Stored.Pages).Where(page => articles[false].Contains(page.Url)), page => Assert.Contains("too complex", page.Error ?? "none", StringComparison.Ordinal));
    }

    /// <summary>
    /// In a process of its own, because a runtime that finds no memory ends at once; and one row after the other, because every row counts its documents
    /// by itself: two at once would be two services in one heap.
    /// </summary>
    [Fact]
    public async Task The_whole_table_holds_in_a_heap_of_256_MiB()
    {
        var start = new ProcessStartInfo("dotnet", ["vstest", typeof(HeapRows).Assembly.Location, "--TestCaseFilter:FullyQualifiedName~Hostile&(FullyQualifiedName~.Row_|FullyQualifiedName~.Thirty_)", "--", "RunConfiguration.DisableParallelization=true"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        using var child = Process.Start(start)!;
        var error = child.StandardError.ReadToEndAsync();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();

        Assert.True(child.ExitCode == 0, output + await error);
    }

    /// <summary>A packed document, made without ever being large.</summary>
    private static Reply Packed(IEnumerable<string> pieces)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)))
        {
            foreach (var piece in pieces)
            {
                writer.Write(piece);
            }
        }

        return new Reply { Body = packed.ToArray(), Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } };
    }
}
