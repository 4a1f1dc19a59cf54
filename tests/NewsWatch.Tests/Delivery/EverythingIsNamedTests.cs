using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Tests.Messages;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>
/// Every alert that the ledger calls sent was named, with its link, in exactly one message that was accepted: over every kind of channel, in every
/// language, whatever a digest holds and however often the receiver fails.
/// </summary>
public sealed class EverythingIsNamedTests
{
    private const int Seeds = 5;

    private static readonly string[] Headlines =
    [
        "Truce holds for another day, delegates say",
        "Глейд открыт для посетителей весной, сообщает пресс-служба заповедника",
        "غابة الوادي مفتوحة للجمهور ابتداء من يوم الجمعة",
        "林间空地于春季对公众开放，管理部门星期五宣布",
        "Glade 👩‍👩‍👧‍👦🇺🇦 opens 😀😀😀",
        "\"Quoted\" & <marked> *up* _as_ ~much~ `as` | can [be](x) \\ it is: 100 % + #1 > @all",
        "Çığ uyarısı: vadide yol kapandı",
        new('Ж', 4_000),
        string.Concat(Enumerable.Repeat("A word after a word & ", 60)),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 400)),
    ];

    public static TheoryData<string> Channels => ["mail", "folder", .. Enum.GetNames<WebhookFormat>()];

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Every_alert_of_any_digest_is_named_once_however_often_the_receiver_fails(string channel)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            await using var sink = await Sink.OpenAsync(channel, random, failures: random.Next(7));
            var (alerts, rules, kind, address) = (random.Next(1, 60), random.Next(1, 4), random.Next(2 * Headlines.Length), random.Next(sink.MaxAddress));
            for (var number = 1; number <= alerts; number++)
            {
                await sink.AddAsync(number, rules, Headlines[kind < Headlines.Length ? kind : number % Headlines.Length], address);
            }

            await sink.DeliverAllAsync();

            sink.HoldsItsLimits();
            Assert.Equal(sink.Machine ? alerts * rules : alerts, sink.NamedEachOnce());
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Of_a_hundred_and_twenty_Russian_headlines_in_one_digest_all_are_named(string channel)
    {
        await using var sink = await Sink.OpenAsync(channel, new(1), failures: 0);
        for (var number = 1; number <= 120; number++)
        {
            await sink.AddAsync(number, rules: 1, $"Глейд номер {number} открыт для посетителей весной, сообщает пресс-служба заповедника", 0);
        }

        await sink.DeliverAllAsync();

        sink.HoldsItsLimits();
        Assert.Equal(120, sink.NamedEachOnce());
    }

    /// <summary>One subscriber's channel, its receiver, and what was decided for it.</summary>
    private sealed class Sink : IAsyncDisposable
    {
        private readonly FakeSmtpServer _mail = new();
        private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-").FullName;
        private readonly List<AlertContent> _decided = [];
        private readonly WebhookReceiver _receiver;
        private readonly WebhookFormat? _format;
        private readonly DeliveryWorld _world;
        private readonly string _bundle = "digest/anna/sink/20250806T184500000Z";

        private Sink(string channel, WebhookReceiver receiver)
        {
            _receiver = receiver;
            _format = Enum.TryParse<WebhookFormat>(channel, out var format) ? format : null;
            _world = new(channel switch
            {
                "mail" => DeliveryWorld.Mail(_mail) with { Id = "sink", Connections = 2 },
                "folder" => new Channel.Pickup("sink") { Folder = _folder, From = "NewsWatch <alerts@news.example.com>" },
                _ => DeliveryWorld.Hook(receiver, format) with { Id = "sink" },
            });
        }

        /// <summary>True where each alert is an event of its own; a person reads of an article once, whatever number of rules tell of it.</summary>
        public bool Machine => _format is { } format && DeliveryWorld.Hook(_receiver, format).OneAlert;

        /// <summary>The longest address that the receiver takes; Pushover takes 512 characters.</summary>
        public int MaxAddress => _format == WebhookFormat.Pushover ? 400 : 1_900;

        public static async Task<Sink> OpenAsync(string channel, Random random, int failures)
        {
            var sink = new Sink(channel, await WebhookReceiver.StartAsync());
            for (var failure = 0; failure < failures; failure++)
            {
                sink._receiver.Next(random.Next(4) switch { 0 => 500, 1 => 429, 2 => 503, _ => 200 });
                sink._mail.Next(random.Next(3) switch { 0 => new(SmtpStage.Rcpt, "450 later"), 1 => new(SmtpStage.Data, "451 later"), _ => new(SmtpStage.Mail) });
            }

            return sink;
        }

        /// <summary>An article that so many rules tell of.</summary>
        public async Task AddAsync(int number, int rules, string headline, int address)
        {
            for (var rule = 1; rule <= rules; rule++)
            {
                await _world.AddAsync("anna", "sink", _bundle, "digest", alert =>
                {
                    var told = alert with
                    {
                        Key = $"rule-{rule}/story-{number}/first-report/1",
                        Rule = alert.Rule with { Id = $"rule-{rule}", Title = $"Rule number {rule}" },
                        Severity = (Severity)(number % 3),
                        Story = number,
                        Article = alert.Article with { Title = headline, Url = $"https://courier.example.com/n/{number}?q={new string('x', address)}&end={number}" },
                        Excerpts = [new(Field.Title, headline, []), new(Field.Body, headline + " " + headline, [])],
                    };
                    _decided.Add(told);
                    return told;
                });
            }
        }

        public async Task DeliverAllAsync()
        {
            await _world.DeliverAsync();
            for (var round = 0; Open() > 0; round++)
            {
                Assert.InRange(round, 0, 100);
                await _world.DeliverAsync(TimeSpan.FromMinutes(20));
            }
        }

        public void HoldsItsLimits()
        {
            Assert.All(Mails(), mail => Assert.InRange(mail.Data.Length, 1_000, 60_000));
            Assert.All(_receiver.Calls, call => SinkLimits.Hold(_format!.Value, call.Body));
        }

        /// <summary>How many articles the accepted messages named: each that was decided, in one message.</summary>
        public int NamedEachOnce()
        {
            Assert.Equal(["sent"], _world.Database.Read(db => Stored.Rows<(string Kind, string State)>(db, "delivery", "kind, state")).Where(row => row.Kind != "notice").Select(row => row.State).Distinct());
            var read = _receiver.Accepted.Select(call => SinkLimits.Read(call.Body)).ToList();
            var mails = Mails();
            var names = _decided.Select(alert => Machine ? alert.Key : SafeLink.TryCreate(alert.Article.Url)!.Address).Distinct().ToList();
            Assert.All(names, name => Assert.Equal(1, read.Count(body => body.Split('\n', ' ', '|', '<', '>', '(', ')').Contains(name)) + mails.Count(mail => SinkLimits.Names(mail, name))));
            return names.Count;
        }

        public async ValueTask DisposeAsync()
        {
            await _world.DisposeAsync();
            await _receiver.DisposeAsync();
            await _mail.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        private long Open() => _world.Database.Read(db => Stored.Column<string>(db, "delivery", "kind", new { state = new[] { "pending", "held", "leased" } })).Count(kind => kind != "notice");

        private List<ReceivedMail> Mails() =>
        [
            .. _mail.Mails.Where(mail => mail.To.Contains("anna@example.com")),
            .. Directory.GetFiles(_folder).Select(file => new ReceivedMail("", [], System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))),
        ];
    }
}
