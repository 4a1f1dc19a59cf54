using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Bench.World;

namespace NewsWatch.Bench.Replicas;

/// <summary>What the mails to readers told, by their subjects: which news, in which message, and when each copy came.</summary>
/// <param name="mails">Emptied here, so that each mail is read once.</param>
internal sealed partial class ToldNews(ConcurrentQueue<SunkMail> mails)
{
    private readonly Dictionary<string, ToldMessage> _messages = [];

    /// <summary>Every message so far.</summary>
    public IReadOnlyCollection<ToldMessage> Messages
    {
        get
        {
            while (mails.TryDequeue(out var mail))
            {
                if (mail.To.StartsWith("reader-", StringComparison.Ordinal))
                {
                    Add(mail);
                }
            }

            return _messages.Values;
        }
    }

    /// <summary>The news that were told.</summary>
    public IReadOnlySet<NewsName> News => Messages.SelectMany(message => message.News).ToHashSet();

    private void Add(SunkMail mail)
    {
        if (!_messages.TryGetValue(mail.Id, out var message))
        {
            message = new(mail.Id, [.. Name().Matches(mail.Subject).Select(name => new NewsName(Number(name, "source"), Number(name, "number")))], []);
            _messages.Add(mail.Id, message);
        }

        message.Copies.Add(mail.At);
    }

    private static int Number(Match name, string group) => int.Parse(name.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"bulletin (?<number>\d+) of region (?<source>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}

/// <summary>One news: the number of its source, and its own there, 1 for the first.</summary>
internal readonly record struct NewsName(int Source, int Number)
{
    public string Headline => string.Create(CultureInfo.InvariantCulture, $"Cease-fire bulletin {Number} of region {Source}");

    public string Link => string.Create(CultureInfo.InvariantCulture, $"https://news.example.com/{Source}/{Number}");
}

/// <summary>A message and the timestamps at which its copies came.</summary>
internal sealed record ToldMessage(string Id, IReadOnlyList<NewsName> News, List<long> Copies);
