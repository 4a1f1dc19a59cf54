using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Delivery;
using NewsWatch.Storage.Articles;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>
/// What becomes of eight articles that anna was alerted of, from feed and page to her mails: four changes that she has to hear of, four that she must not. Ben's rules
/// leave them out, and Carla came after the alerts: neither gets a correction.
/// </summary>
public sealed class ChangedDayTests
{
    private static readonly Subscriber Carla = SomeWatch.Anna with { Id = "carla", Email = "carla@example.com", Rules = new HashSet<string> { "truce" } };

    private static readonly (string Path, string Title, string Lead, Func<string, string> Edit)[] Pages =
    [
        ("prisoners", "Truce frees prisoners in Northland", "A truce in Northland set 14 prisoners free in the morning, the army said.", text => text.Replace("14", "41", StringComparison.Ordinal)),
        ("typo", "Truce begins at the bridge of Kesten", "A truce began at noon at the bridge, and the guns fell silent on both banks.", text => text.Replace("at noon", "at nono", StringComparison.Ordinal)),
        ("stamp", "Truce holds along the river", "A truce held for a second day along the river, observers said.", text => text + "</p><p>Updated 3 minutes ago"),
        ("wall", "Truce opens the road to Varena", "A truce opened the road to Varena for the first time in a year.", text => text[..text.IndexOf("</p>", StringComparison.Ordinal)] + "</p><p>Subscribe to read the full article."),
        ("withdrawn", "Truce is signed by the governor of Selbury", "A truce was signed by the governor in the town hall, a witness said.", _ => "This article has been withdrawn because the truce that it tells of was never signed, and we regret the error."),
        ("missing", "Truce reaches the islands of Torvik", "A truce reached the islands by boat, with two days of delay.", text => text),
    ];

    // Paragraphs that stand on several pages of a site are no part of an article, so each has its own.
    private static string Rest(string path) =>
        $"The bridge behind the {path} stays closed until engineers have looked at its piers, which were hit twice in the spring and never repaired since.</p><p>"
        + $"Farmers on both banks hope that they can bring in the harvest of the {path} before the rains, and have asked the observers to stay for the whole month.</p><p>"
        + $"Nobody in the capital would say what happens to the {path} when the time is over, but the talks are to go on in a hotel by the lake.";

    [Fact]
    public async Task What_becomes_of_alerted_articles_makes_the_approved_messages()
    {
        await using var server = new FakeSmtpServer();
        await using var desk = new ArticleDesk(Watch(server, SomeWatch.Anna, SomeWatch.Ben));
        await using var sending = DeadlineMailTests.Sending(desk);
        await AddAsync("paper", "feed", "Truce of 48 hours begins in the valley", "A truce began in the valley.");
        await AddAsync("herald", "first", "Tribes of the hills agree on an armistice", "WARDEN (Reuters) - The tribes agreed on an armistice on Wednesday, and the guns would fall silent at midnight on both sides of the river, said a minister who had led the talks for a week.");
        foreach (var (path, title, lead, _) in Pages)
        {
            desk.Serve(Url("wire", path), title, $"{lead}</p><p>{Rest(path)}");
            await AddAsync("wire", path, title, $"{lead}\n\n{Rest(path).Replace("</p><p>", "\n\n", StringComparison.Ordinal)}");
        }

        await UntilAsync(9);
        desk.Configuration.Swap(Watch(server, SomeWatch.Anna, SomeWatch.Ben, Carla));
        foreach (var (path, title, lead, edit) in Pages)
        {
            desk.Serve(Url("wire", path), title, edit($"{lead}</p><p>{Rest(path)}"));
        }

        desk.Web.Remove(Url("wire", "missing"));
        await UntilAsync(20);
        await AddAsync("paper", "feed", "Truce of 72 hours begins in the valley", "A truce began in the valley.");
        await UntilAsync(30);
        await AddAsync("ledger", "second", "Tribes of the hills agree on an armistice", "HALLAND (AP) - In a surprise move the elders walked down to the river at dawn and laid their rifles on the stones, while boys from both villages watched from the bridge and a drum was beaten until noon.");
        await UntilAsync(90);
        desk.Serve(Url("wire", "missing"), Pages[^1].Title, $"{Pages[^1].Lead}</p><p>{Rest("missing")}");
        await UntilAsync(80 * 60);

        var mails = server.Mails.Select(mail => mail.Message).ToList();
        Snapshot.Approved(string.Concat(mails.Select((mail, at) => Listed(mail, mails.Take(at)))), "changed-day.txt");
        Assert.All(mails, mail => Assert.Equal("anna@example.com", mail.To.Mailboxes.Single().Address));
        Assert.All(Pages, page => Assert.InRange(desk.Asked.Count(asked => asked == Url("wire", page.Path)), 1, 6));

        async Task AddAsync(string source, string path, string title, string text)
        {
            await desk.AddAsync(source, title, Url(source, path), text, key: path, language: "en");
            await DoAsync();
        }

        async Task UntilAsync(int minute)
        {
            var end = ArticleDesk.Noon.AddMinutes(minute);
            while (desk.Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())) is { } due && due <= end)
            {
                desk.Clock.SetUtcNow(due > desk.Clock.GetUtcNow() ? due : desk.Clock.GetUtcNow());
                await DoAsync();
            }

            desk.Clock.SetUtcNow(end);
        }

        async Task DoAsync()
        {
            await desk.ProcessAsync();
            while (await sending.GetRequiredService<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None) > 0)
            {
            }
        }
    }

    // What a reader sees first; the rest of a mail has its own tests.
    private static string Listed(MimeMessage mail, IEnumerable<MimeMessage> earlier)
    {
        var thread = earlier.ToList().FindIndex(one => one.MessageId == mail.InReplyTo);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"==== {mail.Date.UtcDateTime:ddd HH:mm}{(thread >= 0 ? $", in reply to mail {thread + 1}" : "")}\nSubject: {mail.Subject}\n");
        foreach (var line in mail.TextBody!.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => !line.StartsWith("Source:", StringComparison.Ordinal)))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Url(string source, string path) => $"https://{source}.example.com/{path}";

    private static WatchConfiguration Watch(FakeSmtpServer server, params Subscriber[] subscribers) => SomeWatch.Of(
        [SomeWatch.Wire with { FullText = FullText.Auto }, SomeWatch.Paper, Paper("herald"), Paper("ledger")],
        [SomeWatch.Rule("truce", "truce"), SomeWatch.Rule("confirmed", "armistice AND independent>=2"), SomeWatch.Tariffs],
        subscribers) with
    {
        Channels = new Dictionary<string, Channel> { ["mail"] = DeliveryWorld.Mail(server) with { Connections = 1 } },
    };

    private static Source Paper(string id) =>
        new() { Id = id, Url = $"https://{id}.example.com/rss", Publisher = new(id, $"The {id}", Wire: false, StateAffiliated: false), FullText = FullText.Never };
}
