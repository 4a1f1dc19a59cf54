using System.Globalization;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>
/// Twenty stories of five facts in a thousand articles over four days: every paper in its own words, late copies of a text among them, two stories of which each
/// begins twice. Every message is listed for approval.
/// </summary>
public sealed class StoryDaysTests
{
    private const int Stories = 20;
    private const int Papers = 10;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private static readonly string[] Names =
    [
        "Norland", "Kesten", "Varena", "Ostrava", "Meriden", "Halland", "Torvik", "Selbury", "Dorrach", "Pellmar", "Quessin", "Ravensholt", "Ulmgard", "Wexmoor", "Yarrow", "Zembla",
        "Arkend", "Bellmoor", "Corvath", "Drenmark", "Esterhald", "Fennick", "Galdor", "Hestra", "Irvane", "Jorvald", "Kirnach", "Lomond", "Marrick", "Nethra", "Ombria", "Pasken",
        "Rothgar", "Skarn", "Tellmar", "Urvisk", "Vantor", "Wendmark", "Xandria", "Yssel",
    ];

    [Fact]
    public async Task A_thousand_articles_of_twenty_stories_make_the_approved_messages()
    {
        var rule = SomeWatch.Rule("treaties", string.Join(" OR ", Topics), Severity.Urgent);
        await using var desk = new ArticleDesk(SomeWatch.Of([], [rule], [SomeWatch.Anna]) with { Defaults = new() { Via = "mail", Stories = StoryScope.Wide } });
        var (articles, facts) = (Articles(), new List<string>());
        foreach (var slot in articles.GroupBy(article => article.At).OrderBy(slot => slot.Key))
        {
            desk.Clock.SetUtcNow(ArticleDesk.Noon + (Step * slot.Key));
            foreach (var article in slot)
            {
                facts.Add(article.Fact);
                await desk.AddAsync(article.Paper, article.Title, $"https://{article.Paper}.example.com/{facts.Count}", article.Text);
            }

            await desk.ProcessAsync();
        }

        var alerts = desk.Alerts();
        Assert.Equal(Stories * 5 * Papers, facts.Count);
        Assert.Empty(facts.Distinct().Except(alerts.Select(alert => facts[Number(alert) - 1])));
        Snapshot.Approved(Listed(alerts, facts), "story-days.txt");
    }

    private static int Number(AlertContent alert) => int.Parse(alert.Article.Url.Split('/')[^1], CultureInfo.InvariantCulture);

    private static string Listed(IReadOnlyList<AlertContent> alerts, List<string> facts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{facts.Count} articles of {facts.Distinct().Count()} facts: {alerts.Count} messages in {alerts.DistinctBy(alert => alert.Story).Count()} threads\n");
        foreach (var thread in alerts.GroupBy(alert => alert.Story))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nthread {thread.Key}\n");
            foreach (var alert in thread)
            {
                var kind = alert.FollowUp?.MayRepeat == true ? "may repeat" : alert.Reason.ToString();
                var also = alert.StoryFacts!.AlsoToldAs.Count > 0 ? $" (also told as: {string.Join("; ", alert.StoryFacts.AlsoToldAs)})" : "";
                text.Append(CultureInfo.InvariantCulture, $"  fact {facts[Number(alert) - 1],-4} {alert.Article.FirstSeen:dd HH:mm} {kind,-11} {alert.Article.Title}{also}\n");
            }
        }

        return text.ToString();
    }

    private static List<Told> Articles()
    {
        var random = new Random(20);
        return
        [
            .. from story in Enumerable.Range(0, Stories)
               from fact in Enumerable.Range(0, 5)
               let begins = (story * 9) + (fact * (40 + random.Next(20))) + random.Next(6)
               from paper in Enumerable.Range(0, Papers)
               let late = paper == 0 ? 0 : paper == Papers - 1 ? 60 + random.Next(120) : random.Next(18)
               select new Told(begins + late, $"paper{(paper + story + fact) % Papers}", Headline(story, fact, paper), Text(story, fact, paper), $"{story}.{fact}"),
        ];
    }

    // The last paper prints the first one's text, days later, under its own headline.
    private static string Text(int story, int fact, int paper) => paper is not (0 or Papers - 1) ? "" : string.Join(' ', Enumerable.Range(0, 30).Select(word =>
        $"{(word % 2 == 0 ? Names[2 * story] : Names[(2 * story) + 1])} {Topics[story]}word{fact}{word} {Topics[story]}detail{word}."));

    private static readonly string[] Topics =
    [
        "ceasefire", "tariff", "pipeline", "strike", "election", "dam", "vaccine", "railway", "fishery", "amnesty", "airport", "wildfire", "budget", "satellite", "casino", "opera", "flood", "cyberattack",
        "reactor", "visa",
    ];

    private static readonly string[] Places = ["harbour", "valley", "bridge", "island", "canal", "border", "forest"];
    private static readonly string[] People = ["Ilse Brandt", "Ada Sample", "Tom Rask", "Nora Vale", "Jon Mar", "Eva Lind", "Ole Stern", "Mia Kron", "Per Holt", "Lea Falk", "Udo Kern"];

    private static string Headline(int story, int fact, int paper)
    {
        var (one, other, place, person, topic) = (Names[2 * story], Names[(2 * story) + 1], Places[story % Places.Length], People[story % People.Length], Topics[story]);
        string[] words = fact switch
        {
            0 => [$"{one} and {other} sign {topic} treaty at the {place}", $"Treaty on {topic} signed by {one} and {other} at the {place}", $"{one}, {other} agree {topic} treaty"],
            1 => [$"{other} parliament votes down {topic} treaty with {one}", $"Lawmakers in {other} reject {topic} treaty in vote", $"{topic} treaty rejected by {other} parliament vote"],
            2 => [$"{person} resigns as {other} minister over failed {topic} treaty", $"{other} minister {person} quits after {topic} failure", $"Resignation: {person} leaves {other} government over {topic}"],
            3 => [$"{one} frees {100 + story} prisoners despite {topic} quarrel", $"{100 + story} prisoners freed by {one} in {topic} quarrel", $"{one} releases {100 + story} prisoners, {topic} or not"],
            _ => [$"Court in {other} fines {person} over {topic} bribes", $"{person} fined by {other} court for {topic} bribes", $"{topic} bribes: {other} court orders {person} to pay"],
        };
        return words[paper % words.Length];
    }

    private sealed record Told(int At, string Paper, string Title, string Text, string Fact);
}
