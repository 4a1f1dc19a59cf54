using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>
/// The first half hour of somebody who knows nothing yet, with the real program: the two commands of the README, a configuration of one's own, a rule edited, broken
/// and corrected, a mail. Each step is approved as it is read.
/// </summary>
public sealed partial class NewcomerTests : IDisposable
{
    private const string News =
        """
        <rss version="2.0"><channel><title>The Harbour Times</title><link>https://harbour.example.com/</link>
        <item><guid>1</guid><title>No truce in Norland, envoys say after night of talks</title><link>https://harbour.example.com/1</link>
        <description>Envoys left the harbour without a truce. They will meet again on Friday.</description></item>
        <item><guid>2</guid><title>Ferries run again</title><link>https://harbour.example.com/2</link><description>The strike is over.</description></item>
        </channel></rss>
        """;

    /// <summary>As on a terminal, but without its colours.</summary>
    private static readonly (string, string) Terminal = ("Logging__Console__FormatterName", "newswatch");

    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-newcomer-").FullName;
    private readonly CancellationTokenSource _patience = new(Newsroom.Patience);
    private readonly StringBuilder _script = new();

    private string ConfigurationFile => Path.Combine(_folder, "appsettings.json");

    [Fact]
    public async Task The_demo_is_the_first_thing_seen()
    {
        await RunAsync("demo");

        Snapshot.Approved(_script.ToString(), "newcomer-demo.txt");
    }

    [Fact]
    public async Task Init_replaces_nothing_unasked_and_writes_nothing_that_would_be_refused()
    {
        await RunAsync("init");
        await RunAsync("init --address nobody --topic truce");
        Assert.False(File.Exists(ConfigurationFile));
        await RunAsync("init --address me@example.com --topic truce");
        await RunAsync("init --address you@example.com --topic sanctions");
        Assert.Contains("me@example.com", await File.ReadAllTextAsync(ConfigurationFile, _patience.Token), StringComparison.Ordinal);

        Snapshot.Approved(_script.ToString(), "newcomer-init.txt");
    }

    [Fact]
    public async Task From_three_answers_to_a_mail_over_a_rule_that_was_broken_and_mended()
    {
        await RunAsync("init --address me@example.com --topic truce --topic \"export ban\"");
        await RunAsync("check");
        await WatchAFolderAsync();
        Edit("make a rule urgent", "\"When\": \"truce~\" }", "\"When\": \"truce~ AND Norland\", \"Severity\": \"urgent\" }");
        await RunAsync("check");
        Edit("break it", "truce~ AND Norland", "truce~ AND (Norland OR");
        await RunAsync("check");
        Edit("correct it", "truce~ AND (Norland OR", "truce~ AND Norland");
        await RunAsync("run --once");
        await ShowMailsAsync();

        Snapshot.Approved(_script.ToString(), "newcomer-own.txt");
    }

    [Fact]
    public async Task A_rule_that_is_broken_while_the_service_runs_stops_nothing_and_mended_it_is_in_force()
    {
        await RunAsync("init --address me@example.com --topic truce");
        await WatchAFolderAsync();
        var mails = Directory.CreateDirectory(Path.Combine(_folder, "data", "mail")).FullName;
        using var written = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(mails, "*.eml") { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => written.Release();

        _script.Append("$ newswatch\n");
        await using (var service = ServiceProcess.Start(_folder, "run", environment: [Terminal]))
        {
            await SaysAsync(service, "Started with configuration");
            await written.WaitAsync(_patience.Token);
            Edit("break the rule", "truce~", "truce~ AND (");
            await SaysAsync(service, "configuration rejected");
            await written.WaitAsync(_patience.Token);
            Edit("correct it", "truce~ AND (", "truce~ OR armistice");
            await SaysAsync(service, "is in force");
            Assert.Equal(0, await service.StopAsync(_patience.Token));
        }

        await ShowMailsAsync();
        Snapshot.Approved(_script.ToString(), "newcomer-live.txt");
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _patience.Dispose();
    }

    private async Task WatchAFolderAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "news"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "news", "harbour.xml"), News, _patience.Token);
        Edit("watch a folder of your own", Sources(), "\"Sources\": { \"harbour\": { \"Kind\": \"file\", \"Url\": \"news\" } },\n    \"Publishers\": {}");
    }

    private string Sources()
    {
        var text = File.ReadAllText(ConfigurationFile);
        var (from, to) = (text.IndexOf("\"Sources\"", StringComparison.Ordinal), text.IndexOf(",\n    \"Rules\"", StringComparison.Ordinal));
        return text[from..to];
    }

    private async Task RunAsync(string command)
    {
        await using var process = ServiceProcess.Start(_folder, command, environment: [Terminal]);
        var exit = await process.EndAsync(_patience.Token);
        _script.Append(CultureInfo.InvariantCulture, $"$ newswatch {command}\n{Steady(process.Output.Trim('\n'))}\n{(exit == 0 ? "" : $"(exit code {exit})\n")}\n");
    }

    private async Task SaysAsync(ServiceProcess service, string text)
    {
        await service.SaysAsync(text, _patience.Token);
        _script.Append(Steady(service.Output.Split('\n').Last(line => line.Contains(text, StringComparison.Ordinal)))).Append('\n');
    }

    private void Edit(string what, string before, string after)
    {
        var text = File.ReadAllText(ConfigurationFile);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(ConfigurationFile, text.Replace(before, after, StringComparison.Ordinal));
        _script.Append(CultureInfo.InvariantCulture, $"# {what}: appsettings.json now says {after.ReplaceLineEndings(" ")}\n\n");
    }

    private async Task ShowMailsAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "data", "mail"), "*.eml").OrderBy(file => new FileInfo(file).LastWriteTimeUtc))
        {
            var mail = await MimeMessage.LoadAsync(file, _patience.Token);
            _script.Append(CultureInfo.InvariantCulture, $"# a mail in data/mail\nTo: {mail.To}\nSubject: {mail.Subject}\n\n{Steady(mail.TextBody!)}\n");
        }
    }

    /// <summary>The same every time: paths, times and ids that differ are replaced, and what words find is another test's.</summary>
    private string Steady(string text)
    {
        text = text.Replace(_folder, "/home/me/watch", StringComparison.Ordinal);
        text = DemoFile().Replace(text, "/tmp/newswatch-demo/data/mail/MAIL.html");
        text = Time().Replace(text, "TIME");
        text = Id().Replace(text, "ID");
        return Found().Replace(text, "");
    }

    [GeneratedRegex("(?<=file://)/[^ ]*newswatch-demo-[^ ]+[.]html", RegexOptions.None, 1000)]
    private static partial Regex DemoFile();

    [GeneratedRegex(@"(?<=First seen: )[^\n]*|^\d\d:\d\d:\d\d\b|(?<=harbour\.example\.com, )\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", RegexOptions.Multiline, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("(?<=onfiguration )[0-9a-f]{12}|[0-9a-f]{32}(?=@)|(?<=truce/)[0-9a-f]{16}|[0-9]{8}T[0-9]{9}Z", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^  finds .*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Found();
}
