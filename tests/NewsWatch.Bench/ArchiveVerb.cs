using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NewsWatch.Core.Feeds;
using NewsWatch.Maintenance;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Work;

namespace NewsWatch.Bench;

/// <summary>
/// <c>archive N</c>: N articles of about 5 KB as the version before the archive kept them, and the file's size; then the migration while other writes go on, and the
/// size after it; then searches.
/// </summary>
internal static class ArchiveVerb
{
    private const int Searches = 400;

    public static Verb Verb { get; } = new("N", "size of N articles before and after the archive, its migration while others write, search p50 and p99", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        var folder = Directory.CreateTempSubdirectory("newswatch-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "newswatch.db");
            Fill(path, count);
            var before = new FileInfo(path).Length;
            Print($"before          {count} articles: {Mib(before)} MiB, {before / count} bytes an article");
            await using var database = new Database(path);
            var lost = await MoveAsync(database, count);
            Search(database);
            await CheckpointAsync(database);
            var after = new FileInfo(path).Length;
            var free = database.Read(db => db.ExecuteScalar<long>("PRAGMA freelist_count") * db.ExecuteScalar<long>("PRAGMA page_size"));
            Print($"after           {Mib(after)} MiB, {after / (double)before:0.00} of before, of it {Mib(free)} MiB free: {(after - free) / (double)before:0.00} in use");
            var (texts, index) = database.Read(db => (db.ExecuteScalar<long>("SELECT sum(length(text)) FROM document"), db.ExecuteScalar<long>("SELECT sum(length(block)) FROM article_search_data")));
            Print($"                texts {Mib(texts)} MiB compressed, index {Mib(index)} MiB");

            return lost == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static void Fill(string path, int count)
    {
        using var db = new PreparedConnection($"Data Source={path};Pooling=False");
        db.Open();
        db.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
        Schema.Migrate(db, before: "0016");
        var words = new Vocabulary(7);
        foreach (var chunk in Enumerable.Range(1, count).Chunk(1_000))
        {
            db.Execute("BEGIN TRANSACTION");
            foreach (var number in chunk)
            {
                Add(new(db), number, words);
            }

            db.Execute("COMMIT TRANSACTION");
        }

        db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Brings a filled file to this version's schema and moves its texts, as the service does behind its work.</summary>
    internal static async Task MoveAsync(string path)
    {
        await using var database = new Database(path);
        using var loop = new ArchiveLoop(database, new ServiceLoop(TimeProvider.System, NullLogger<ServiceLoop>.Instance), TimeProvider.System);
        await loop.RunAsync(CancellationToken.None);
    }

    /// <summary>A story with one article, its item, and for one in ten an alert with a delivery and a verdict.</summary>
    private static void Add(Session db, int number, Vocabulary words)
    {
        var (url, title, text) = ($"https://world.example.com/2025/08/{number}/{words.Text(4).Replace(' ', '-')}", words.Text(9), words.Paragraphs());
        var at = 1_754_000_000_000 + (number * 7_000L);
        db.Execute(
            """
            INSERT INTO story (id, key, title, first_seen, last_seen) VALUES (@number, @url, @title, @at, @at);
            INSERT INTO article (id, url, story, source, title, text, authors, published, first_seen, updated, language, section, keywords, completeness)
            VALUES (@number, @url, @number, 'world', @title, @text, '["A. Writer"]', @at, @at, @at, 'en', 'World', '[]', 'full');
            INSERT INTO item (source, key, link_key, title_key, content_hash, first_seen, last_seen, published, state, due, payload, article, outcome)
            VALUES ('world', 'id:' || @url, @url, @title, @hash, @at, @at, @at, 'done', @at, @payload, @number, 'no rule matched');
            """,
            new { number, url, title, text, at, hash = Guid.NewGuid().ToString("N"), payload = StoredJson.Write(new FeedItem { Id = url, Link = url, Title = title, Text = text[..text.IndexOf('\n', StringComparison.Ordinal)] }) });
        if (number % 10 == 0)
        {
            db.Execute(
                """
                INSERT INTO alert (key, rule, story, reason, step, article, severity, created, configuration, content)
                VALUES (@key, 'rule', @number, 'first-report', 1, @number, 'urgent', @at, 'version', @content);
                INSERT INTO verdict (article, rule, subscriber, at, outcome, why, alert) VALUES (@number, 'rule', 'anna', @at, 'send', 'sent at once', last_insert_rowid());
                """,
                new { key = $"rule/{number}", number, at, content = words.Text(400) });
        }
    }

    /// <summary>The loop of the service moves everything while somebody else writes all the time; how long each of those writes took, and what is not there afterwards.</summary>
    private static async Task<int> MoveAsync(Database database, int count)
    {
        using var loop = new ArchiveLoop(database, new ServiceLoop(TimeProvider.System, NullLogger<ServiceLoop>.Instance), TimeProvider.System);
        var waits = new List<double>();
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var moving = Task.Run(() => loop.RunAsync(CancellationToken.None));
        while (!moving.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await database.WriteAsync(db => InstallationSettings.Set(db, "poll", "1"));
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.WhenAny(moving, Task.Delay(10));
        }

        await moving;
        waits.Sort();
        var lost = database.Read(db => count - db.ExecuteScalar<int>("SELECT count(*) FROM article JOIN document ON document.id = article.document WHERE searchable = 1 AND article.text = ''"));
        Print($"migration       {clock.Elapsed.TotalSeconds:0.0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds * 1000 / count:0} us CPU an article; {lost} lost");
        Print($"                {waits.Count} other writes meanwhile: p50 {waits[waits.Count / 2]:0.0} ms, p99 {waits[waits.Count * 99 / 100]:0.0} ms, longest {waits[^1]:0.0} ms");
        return lost;
    }

    private static void Search(Database database)
    {
        var words = new Vocabulary(7);
        var random = new Random(3);
        foreach (var (about, query) in new (string, Func<string>)[]
        {
            ("one word", () => words.Word(random)),
            ("two words", () => $"{words.Word(random)} {words.Word(random)}"),
            ("a phrase", () => $"\"{words.Word(random)} {words.Word(random)}\""),
            ("a beginning", () => words.LongWord(random)[..4] + "*"),
            ("3 letters*", () => words.LongWord(random)[..3] + "*"),
            ("2 letters*", () => words.LongWord(random)[..2] + "*"),
        })
        {
            var times = Enumerable.Range(0, Searches).Select(_ => Time(database, query())).Order().ToList();
            Print($"search          {about,-12} p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms");
        }
    }

    private static double Time(Database database, string query)
    {
        var started = Stopwatch.GetTimestamp();
        database.Read(db => ArchiveSearch.Find(db, SearchQuery.Parse(query)!, new()).Select(found => DocumentStore.Find(db, found.Document)).ToList());
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static Task CheckpointAsync(Database database) => Task.Run(() =>
    {
        using var db = new PreparedConnection($"Data Source={database.Path};Pooling=False");
        db.Open();
        db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    });

    private static string Mib(long bytes) => (bytes / 1024.0 / 1024.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Invented words, a few of them often and most of them seldom, as in prose.</summary>
    internal sealed class Vocabulary
    {
        private static readonly string[] Syllables = ["ta", "ren", "mo", "li", "sa", "ver", "don", "ki", "pel", "ar", "un", "est", "bro", "fi", "gan", "hul", "jo", "cra", "wen", "zy"];
        private readonly string[] _words;
        private readonly Random _random;

        public Vocabulary(int seed)
        {
            _random = new(seed);
            _words = [.. Enumerable.Range(0, 40_000).Select(n => string.Concat(Enumerable.Range(0, 1 + (n % 4)).Select(_ => Syllables[_random.Next(Syllables.Length)])))];
        }

        /// <summary>By Zipf's law, near enough.</summary>
        public string Word(Random random) => _words[(int)Math.Min(_words.Length - 1, Math.Exp(random.NextDouble() * Math.Log(_words.Length)))];

        /// <summary>At least four letters.</summary>
        public string LongWord(Random random) => Enumerable.Repeat(0, 100).Select(_ => Word(random)).First(word => word.Length >= 4);

        /// <summary>Any word of eight letters or more, as seldom in texts as most words are.</summary>
        public string RareWord(Random random) => Enumerable.Repeat(0, 1_000).Select(_ => _words[random.Next(_words.Length)]).First(word => word.Length >= 8);

        public string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(_random)));

        /// <summary>120 to 1,560 words: 5 KB in the middle, and as unlike in length as news is.</summary>
        public string Paragraphs() => string.Join("\n\n", Enumerable.Range(0, 2 + _random.Next(25)).Select(_ => Text(60)));
    }
}
