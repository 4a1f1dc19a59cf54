using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Bench;

/// <summary>The other side of the `poll` verb, in a process of its own: feeds of 20 items, a share of them changed since the last request.</summary>
internal static class PollServer
{
    private const double Changed = 0.3;
    private const int Items = 20;

    /// <summary>Serves until its standard input ends; prints its port first. PATH is /n for source n; /mode/same, /mode/again (the same items, a feed that says it was built anew), /mode/new and /mode/mixed switch.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var interval = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 300;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        await using var app = builder.Build();
        var mode = "mixed";
        var round = 1_000;
        app.Run(context =>
        {
            var path = context.Request.Path.Value!;
            if (path.StartsWith("/mode/", StringComparison.Ordinal))
            {
                mode = path[6..];
                round++;
                return Task.CompletedTask;
            }

            var version = mode switch
            {
                "same" or "again" => 1,
                "new" => round,
                _ => Version(int.Parse(path[1..], CultureInfo.InvariantCulture), interval),
            };
            return AnswerAsync(context, path[1..], version, mode == "again" ? round : 0);
        });
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Each version lasts so long that the wanted share of polls sees a new one; sources change at different times.</summary>
    private static long Version(int source, double interval) =>
        (long)((Environment.TickCount64 / 1000.0 / (interval / Changed)) + (source * 0.618033988749895 % 1)) + 100;

    private static Task AnswerAsync(HttpContext context, string source, long version, int build)
    {
        var etag = $"\"{source}-{version}-{build}\"";
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.Headers.ETag = etag;
        context.Response.ContentType = "application/rss+xml";
        return context.Response.Body.WriteAsync(Feed(source, version, build)).AsTask();
    }

    private static byte[] Feed(string source, long version, int build)
    {
        var items = Enumerable.Range(0, Items).Select(n => version - n).Select(n =>
            $"<item><guid isPermaLink=\"false\">{source}-{n}</guid><title>Story {n} of source {source}</title><link>https://news.example.com/{source}/{n}</link>"
            + "<description>Talks went on in the capital on Wednesday, officials said. A second round is planned for Friday, and both sides kept to their demands.</description></item>");
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{source}</title><link>https://news.example.com/</link><description>News</description><generator>build {build}</generator>{string.Concat(items)}</channel></rss>");
    }
}
