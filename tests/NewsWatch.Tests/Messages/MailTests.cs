using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

public sealed partial class MailTests
{
    [Theory]
    [InlineData("single")]
    [InlineData("follow-up")]
    [InlineData("grouped-50")]
    [InlineData("digest")]
    [InlineData("two-rules")]
    [InlineData("notice")]
    [InlineData("right-to-left")]
    [InlineData("cyrillic")]
    [InlineData("hebrew")]
    [InlineData("long-text")]
    [InlineData("refused")]
    [InlineData("hostile")]
    [InlineData("correction")]
    [InlineData("withdrawal")]
    public async Task A_mail_reads_as_approved(string name)
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server) with { Connections = 1 });
        await PutAsync(world, name);

        await world.DeliverAsync();

        var message = server.Mails.Last().Message;
        Snapshot.Approved(Headers(message), $"mail-{name}-headers.txt");
        Snapshot.Approved(WithoutToken(message.TextBody!), $"mail-{name}.txt");
        Snapshot.Approved(WithoutToken(message.HtmlBody!), $"mail-{name}.html");
    }

    [Fact]
    public async Task Fifty_alerts_in_one_mail_stay_below_60_KB_and_within_78_columns()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await PutAsync(world, "grouped-50");

        await world.DeliverAsync();

        var mail = server.Mails.Last();
        Assert.InRange(mail.Data.Length, 10_000, 60_000);
        Assert.All(mail.Message.TextBody!.Split('\n').Where(line => !line.Contains("http", StringComparison.Ordinal)), line => Assert.InRange(line.TrimEnd().Length, 0, 78));
    }

    [Fact]
    public async Task A_headline_with_line_breaks_adds_no_header_and_no_recipient_and_loads_nothing()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await PutAsync(world, "hostile");

        await world.DeliverAsync();

        var mail = Assert.Single(server.Mails);
        Assert.Equal(["anna@example.com"], mail.To);
        Assert.Null(mail.Message.Headers["Bcc"]);
        Assert.DoesNotMatch("(?i)<(script|img|iframe|form|base|svg|link)", mail.Message.HtmlBody!);
        Assert.DoesNotContain("evil.example", string.Join(' ', Hrefs().Matches(mail.Message.HtmlBody!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_a_dot_come_out_as_they_went_in()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync(change: alert => alert with { Article = alert.Article with { Title = ".\n.\r\n.\r\nMAIL FROM:<evil@example.com>\r\n." }, Excerpts = [] });

        await world.DeliverAsync();

        Assert.Contains(". . . MAIL FROM:<evil@example.com> .", Assert.Single(server.Mails).Message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_rule_says_later_of_a_story_that_was_told_is_no_first_report()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync();
        await world.DeliverAsync();
        await world.AddAsync(change: alert => OfAnotherRule(alert) with { Key = "deadlines/story-1/first-report/1", Story = 1 });
        await world.DeliverAsync();

        Assert.Equal([false, true], server.Mails.Select(mail => mail.Message.TextBody!.StartsWith("Deadlines: The Sample Courier, 20:41: Same story, another rule: Putin told", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_a_subscriber_gets_about_a_story_is_one_thread_and_each_mail_shows_its_own_severity()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync(change: alert => OfAnotherRule(alert) with { Key = "deadlines/story-1/first-report/1" });
        await world.DeliverAsync();
        await world.AddAsync(change: alert => alert with { Severity = Severity.Flash, Key = "ceasefire-deadline/story-1/first-report/1", Story = 1 });
        await world.DeliverAsync();
        await world.AddAsync(bundle: "group/anna/mail/rule/x/1", kind: "group");
        await world.AddAsync(bundle: "group/anna/mail/rule/x/1", kind: "group", change: alert => alert with { Key = "ceasefire-deadline/story-1/update/3", Story = 1 });
        await world.DeliverAsync();

        var mails = server.Mails.Select(mail => mail.Message).ToList();
        var (routine, flash, several) = (mails[0], mails[1], mails[2]);
        Assert.Equal(routine.MessageId, flash.InReplyTo);
        Assert.Equal("Re: [FLASH] " + routine.Subject, flash.Subject);
        Assert.StartsWith("Cease-fire deadline: The Sample Courier, 20:41: Same story, another rule: Putin told", flash.TextBody!.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.Empty(several.References);
    }

    [Fact]
    public async Task A_mail_about_several_stories_is_no_part_of_the_thread_of_one()
    {
        await using var server = new FakeSmtpServer();
        await using var world = new DeliveryWorld(DeliveryWorld.Mail(server));
        await world.AddAsync(bundle: "group/anna/mail/rule/x/1", kind: "group");
        await world.AddAsync(bundle: "group/anna/mail/rule/x/1", kind: "group");
        await world.DeliverAsync();
        await world.AddAsync(change: alert => alert with { Key = "x/story-1/update/3", Story = 1 });
        await world.DeliverAsync();

        Assert.Empty(server.Mails.Last().Message.References);
    }

    [Fact]
    public void Hits_of_a_headline_are_marked_however_long_it_is()
    {
        var title = string.Concat(Enumerable.Repeat("A truce of many words ", 40)) + "and a deadline.";
        Hit[] hits = [new(Field.Title, 2, 5, "truce", "truce", "truce", null), new(Field.Title, title.Length - 9, 8, "deadline", "deadline", "deadline", null)];
        var alert = DeliveryWorld.Alert(1);
        var clean = TextCleaner.Alert(alert with
        {
            Article = alert.Article with { Title = title },
            Hits = hits,
            Excerpts = Excerpts.Cut(new Document { Title = title, Body = "" }, hits),
        });

        var view = Assert.Single(AlertView.All([clean], TimeZoneInfo.Utc));

        Assert.Equal([new(2, 5, false)], view.Headline.Marks);
        Assert.EndsWith("…", view.Headline.Text, StringComparison.Ordinal);
        Assert.Contains(view.Excerpts, excerpt => excerpt.Marks.Any(mark => excerpt.Text.Substring(mark.Start, mark.Length) == "deadline"));
    }

    [Fact]
    public void The_hundred_and_first_mail_begins_another_part()
    {
        var earlier = Enumerable.Range(1, 100).Select(number => new EarlierMail($"{number}@example.com", number == 1 ? "Subject" : "Re: Subject")).ToList();

        Assert.Equal("Re: Subject", MailThread.From("new", "", earlier.Take(99).ToList()).Subject);
        var part = MailThread.From("new", "", earlier);

        Assert.Equal("Subject (part 2)", part.Subject);
        Assert.Empty(part.References);
        Assert.StartsWith("Part 2", part.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://courier.example.com/a?b=c", "courier.example.com")]
    [InlineData("https://wsj.com@evil.example/x", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("https://a\u200Db.example.com/a", null)]
    [InlineData("https://w\u0455j.com/a", "xn--wj-eoc.com")]
    public void A_link_is_http_without_credentials_and_shows_its_true_host(string address, string? host) =>
        Assert.Equal(host, SafeLink.TryCreate(address)?.Host);

    private static AlertContent Changed(AlertContent alert, bool isWithdrawn)
    {
        var told = alert.Article with { Id = 1, Url = "https://courier.example.com/world/1" };
        AlertedChange[] changes = isWithdrawn
            ? [new(ChangeClass.Withdrawn, null, new(Field.Body, "WITHDRAWN: The story about the Friday deadline is withdrawn. There will be no substitute story.", []))]
            : [
                new(ChangeClass.Negation, new(Field.Title, "Putin told: no cease-fire by the Friday deadline", [new(12, 2, false)]), new(Field.Title, "Putin told: cease-fire by the Friday deadline", [])),
                new(ChangeClass.Number, new(Field.Body, "Officials said the truce would last 48 hours and free 14 prisoners.", [new(36, 2, false), new(54, 2, false)]), new(Field.Body, "Officials said the truce would last 72 hours and free <41> prisoners.", [new(36, 2, false), new(55, 2, false)])),
                new(ChangeClass.Correction, null, new(Field.Body, "Correction: An earlier version gave the wrong number of hours.", [])),
            ];
        return alert with
        {
            Key = $"ceasefire-deadline/story-1/{(isWithdrawn ? "withdrawal" : "correction")}/2",
            Reason = isWithdrawn ? AlertReason.Withdrawal : AlertReason.Correction,
            Story = 1,
            Step = 2,
            Article = told with { Title = isWithdrawn ? told.Title : "Putin told: cease-fire by the Friday deadline" },
            Excerpts = [],
            Change = new("ceasefire-deadline/story-1/first-report/1", told.Title, told.FirstSeen, told.FirstSeen.AddMinutes(16), changes[0].Class, changes),
        };
    }

    private static async Task PutAsync(DeliveryWorld world, string name)
    {
        switch (name)
        {
            case "follow-up":
                await world.AddAsync();
                await world.DeliverAsync();
                world.Clock.Advance(TimeSpan.FromMinutes(30));
                await world.AddAsync(change: alert => alert with { Key = "ceasefire-deadline/story-1/update/2", Reason = AlertReason.Update, Step = 2, Story = 1 });
                break;
            case "correction" or "withdrawal":
                await world.AddAsync();
                await world.DeliverAsync();
                world.Clock.Advance(TimeSpan.FromMinutes(15));
                await world.AddAsync(change: alert => Changed(alert, isWithdrawn: name == "withdrawal"));
                break;
            case "grouped-50":
                for (var alert = 0; alert < 50; alert++)
                {
                    var number = alert;
                    await world.AddAsync(bundle: "group/anna/mail/rule/ceasefire-deadline/20250806", kind: "group", change: content => Numbered(content, number));
                }

                break;
            case "digest":
                await world.AddAsync(bundle: "quiet/anna/mail/20250806", kind: "digest");
                await world.AddAsync(bundle: "quiet/anna/mail/20250806", kind: "digest", change: Sanctions);
                await world.AddAsync(bundle: "quiet/anna/mail/20250806", kind: "digest", change: alert => Sanctions(alert) with { Reason = AlertReason.Correction });
                break;
            case "two-rules":
                await world.AddAsync(bundle: "group/anna/mail/story/1/20250806", kind: "group");
                await world.AddAsync(bundle: "group/anna/mail/story/1/20250806", kind: "group", change: alert => OfAnotherRule(alert) with { Article = DeliveryWorld.Alert(1).Article, Story = 1 });
                break;
            case "notice":
                await world.Database.WriteAsync(db => NoticeStore.Add(
                    db, new("source/x", "Source courier is stale", "No new item since 6 Aug 2025, 12:00 UTC.\nSee: newswatch status"), ["ops@example.com"], "mail", world.Clock.GetUtcNow()));
                break;
            case "refused":
                var problem = new Problem(new("appsettings.json", 12, 25), "Routes.Children[0].If", "\"<=\" is no comparison; write =, != or >=.", IsWarning: false, "severity <= urgent\n         ^");
                var odd = new Problem(new("appsettings.json", 3, 5), "Lists.truce", "No rule uses it.", IsWarning: true);
                var notice = RefusalNotice.Create("e3b0c44298fc1c14", [odd, problem], Report.Verdict([odd, problem], null));
                await world.Database.WriteAsync(db => NoticeStore.Add(db, notice, ["ops@example.com"], "mail", world.Clock.GetUtcNow()));
                break;
            default:
                await world.AddAsync(change: name switch
                {
                    "hebrew" => Hebrew,
                    "long-text" => Long,
                    "right-to-left" => alert => Told(alert, "وقف إطلاق النار: مهلة حتى الجمعة", "صحيفة العينة", "ar"),
                    "cyrillic" => alert => Told(alert, "Перемир’я: крайній термін спливає у п’ятницю", "Зразковий кур’єр", "uk"),
                    "hostile" => alert => Told(
                        alert with { Article = alert.Article with { Url = "https://wsj.com@evil.example/x" } },
                        "Hi\r\nBcc: evil@example.com\u2028<script>alert(1)</script><img src=http://evil.example/1px>\u202E\u200B\0 <a href='javascript:x'>x</a>",
                        "Courier\r\nX-Evil: 1", "en"),
                    _ => alert => alert,
                });
                break;
        }
    }

    private static AlertContent OfAnotherRule(AlertContent alert) => alert with
    {
        Severity = Severity.Routine,
        Rule = alert.Rule with { Id = "deadlines", Title = "Deadlines", When = "deadline~", Owner = "trade-desk@example.com" },
        Hits = [new(Field.Title, 40, 8, "deadline", "deadline~", "deadline", null), new(Field.Body, 60, 8, "deadline", "deadline~", "deadline", null)],
        Excerpts =
        [
            new(Field.Title, "Putin told: no cease-fire by the Friday deadline", [new(40, 8, false)]),
            new(Field.Body, "Officials said the deadline set for Friday would not move.", [new(19, 8, false)]),
            new(Field.Body, "An earlier deadline passed in May.", [new(11, 8, false)]),
        ],
    };

    private static AlertContent Sanctions(AlertContent alert) => alert with
    {
        Severity = Severity.Routine,
        Rule = alert.Rule with { Id = "sanctions", Title = "Sanctions", Owner = "trade-desk@example.com" },
        Article = alert.Article with { Title = "Secondary sanctions may follow the deadline", SourceName = "Sample Wire", Published = DeliveryWorld.Start.AddMinutes(-30) },
        Hits = [new(Field.Title, 0, 19, "Secondary sanctions", "\"secondary sanctions\"", "secondary sanctions", null)],
        Excerpts = [new(Field.Body, "Buyers of the crude would face secondary sanctions, a draft of the order says.", [new(31, 19, false)])],
        OtherSources = [],
    };

    /// <summary>A different headline of an ordinary length for each number.</summary>
    private static AlertContent Numbered(AlertContent alert, int number)
    {
        var title = $"Day {number + 1} of the talks: cease-fire deadline stands, delegates say after a night of meetings";
        return alert with
        {
            Severity = number % 10 == 7 ? Severity.Flash : Severity.Urgent,
            Article = alert.Article with { Title = title, Published = DeliveryWorld.Start.AddMinutes(-number) },
            Hits = [new(Field.Title, title.IndexOf("cease", StringComparison.Ordinal), 10, "cease-fire", "#ceasefire", "cease-fire", null)],
            Excerpts = [.. alert.Excerpts.Skip(1)],
        };
    }

    private static AlertContent Told(AlertContent alert, string title, string source, string language) => alert with
    {
        Article = alert.Article with { Title = title, SourceName = source, Language = language },
        Excerpts = [new(Field.Title, title, [new(0, 2, false)])],
        Hits = [new(Field.Title, 0, 2, title[..2], "#ceasefire", title[..2], null)],
        OtherSources = [],
    };

    private static AlertContent Hebrew(AlertContent alert)
    {
        const string title = "קסטור: אין הפסקת אש בנורלנד לפני יום שישי";
        const string text = "דוברי הצדדים נפגשו בנמל ביום שני.";
        return alert with
        {
            Article = alert.Article with { Title = title, SourceName = "עיתון לדוגמה", Language = "he" },
            Names = new Dictionary<string, string> { ["@norland"] = "Norland", ["@castor"] = "Ivo Castor" },
            Hits =
            [
                new(Field.Title, 0, 5, "קסטור", "@castor", "קסטור", null),
                new(Field.Title, title.IndexOf("הפסקת", StringComparison.Ordinal), 8, "הפסקת אש", "#ceasefire", "הפסקת אש", "אין"),
                new(Field.Title, title.IndexOf("בנורלנד", StringComparison.Ordinal), 7, "בנורלנד", "@norland", "נורלנד", null),
            ],
            Excerpts = [new(Field.Body, text, [])],
            OtherSources = [],
        };
    }

    /// <summary>A title of 400 characters, and a text of which three sentences are quoted, the first two side by side.</summary>
    private static AlertContent Long(AlertContent alert)
    {
        var document = new Document
        {
            Title = "Delegates of the northern harbour towns, who met for a third night in the old customs house, say that a truce is near; "
                + string.Concat(Enumerable.Repeat("the mayor of one of them added that nobody should expect too much of it; ", 4)) + "a deadline was set.",
            Body = "Both sides met on Monday. A truce is near, one of them said. The deadline is Friday. Rain fell for the rest of the day, and nobody went out to the ships.\n\nNo deadline was named before.",
        };
        var hits = RuleSet.Compile([SomeWatch.Rule("truce", "truce AND deadline").Rule], Vocabulary.Empty).Match(document).Single().Hits;
        return alert with { Article = alert.Article with { Title = document.Title }, Hits = hits, Excerpts = Excerpts.Cut(document, hits) };
    }

    internal static string Headers(MimeMessage message)
    {
        var text = new StringBuilder();
        foreach (var header in message.Headers.Where(header => header.Id != HeaderId.ContentType))
        {
            text.Append(header.Field).Append(": ").Append(WithoutToken(header.Value)).Append('\n');
        }

        return text.ToString();
    }

    internal static string WithoutToken(string text) => Token().Replace(text, "TOKEN");

    [GeneratedRegex("(?<=/u/)[A-Za-z0-9_-]{20,}", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("href=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Hrefs();
}
