using System.Diagnostics;
using System.Text.Json.Nodes;
using NewsWatch.Messages;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>What came of everything that was published.</summary>
internal sealed record CrashCount(int Arrived, int Lost, int Duplicated, int MaxCopies, int Quarantined);

/// <summary>A desk with many sources that publish all the time, one reader by mail and one by webhook.</summary>
internal sealed class CrashLoad : IAsyncDisposable
{
    private const int Sources = 12;
    private const int NewsAtOnce = 3;
    private readonly List<string>[] _news = [.. Enumerable.Range(0, Sources).Select(_ => new List<string>())];

    private CrashLoad(Newsroom desk) => Desk = desk;

    public Newsroom Desk { get; }

    public int Published => _news.Sum(news => news.Count);

    /// <summary>Messages that either server took, copies included.</summary>
    public int Taken => Desk.Mail.Accepted.Count + Desk.Hooks.Count;

    /// <summary>True when messages are decided and not sent.</summary>
    public bool Waiting => Started && Desk.Ask("SELECT 1 FROM delivery WHERE state IN ('pending', 'leased') LIMIT 1").Count > 0;

    private bool Started => File.Exists(Path.Combine(Desk.Folder, "data", "newswatch.db"));

    public static async Task<CrashLoad> OpenAsync()
    {
        var load = new CrashLoad(await Newsroom.OpenAsync());
        await File.WriteAllTextAsync(load.Desk.ConfigurationFile, load.Configuration().ToJsonString());
        return load;
    }

    /// <summary>Every source has news.</summary>
    public void Publish()
    {
        for (var source = 0; source < Sources; source++)
        {
            for (var news = 0; news < NewsAtOnce; news++)
            {
                _news[source].Add($"Cease-fire bulletin {_news[source].Count + 1} of region {source}");
            }

            Desk.Show(PathOf(source), [.. _news[source]]);
        }
    }

    /// <summary>Waits until everything that was published has arrived or been set aside, or nothing has come for so long.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (taken, last) = (Taken, Stopwatch.StartNew());
        while (Count().Lost > 0 && last.Elapsed < patience)
        {
            await look.WaitForNextTickAsync();
            if (Taken > taken)
            {
                (taken, last) = (Taken, Stopwatch.StartNew());
            }
        }
    }

    public CrashCount Count()
    {
        var mails = Desk.Mail.Accepted.Where(mail => mail.To.ToString() == "anna@example.com").Select(mail => mail.MessageId!.Split('@')[0]);
        var copies = mails.Concat(Desk.Hooks.Select(call => Name(call["webhook-id"]!))).CountBy(name => name).ToDictionary();
        var setAside = Started ? Desk.Ask("SELECT bundle FROM delivery WHERE state = 'dead' AND kind <> 'notice'") : [];

        // What was set aside may have arrived: the kill fell behind the server's answer each time.
        var absent = setAside.Count(bundle => !copies.ContainsKey(Name(MessageName.WebhookId(bundle))));
        var missing = (2 * Published) - copies.Count - absent;
        return new(copies.Count, missing, copies.Values.Sum(count => count - 1), copies.Values.DefaultIfEmpty().Max(), setAside.Count);
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private static string Name(string webhookId) => webhookId["msg_".Length..];

    private static string PathOf(int source) => $"/region-{source}";

    private JsonObject Configuration()
    {
        var configuration = Desk.Configuration();
        var watch = configuration["NewsWatch"]!;
        watch["Defaults"]!["PerSubscriberCap"] = "100000/1h";
        watch["Sources"] = new JsonObject(Enumerable.Range(0, Sources).Select(source =>
            KeyValuePair.Create<string, JsonNode?>($"region-{source}", new JsonObject { ["Url"] = $"http://127.0.0.1:{Desk.Http.Port}{PathOf(source)}" })));
        watch["Operator"]!["To"] = new JsonArray("ops@example.com");
        watch["Operator"]!["Via"] = "mail";
        return configuration;
    }
}
