using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Core.Tests.Stories;

/// <summary>Which headlines that joined a report narrowly are told all the same.</summary>
public sealed class DoubtTests
{
    private static readonly DateTimeOffset Told = new(2030, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Norland raises the cost of Sudland steel by tariffs", 4, false)]
    [InlineData("Norland raises the cost of Sudland steel by tariffs", 20, true)]
    [InlineData("Norland raises the cost of Varena steel by tariffs", 4, true)]
    [InlineData("Norland raises the cost of Sudland steel by tariffs of 30 percent", 4, true)]
    [InlineData("Sudland protests as Norland raises tariffs on steel", 4, true)]
    [InlineData("Norland and Sudland fill steel tariffs with long fine print for farmers", 4, true)]
    public void What_soon_retells_a_headline_of_its_report_is_not_told_again(string title, int hours, bool isDoubtful)
    {
        var (report, story) = (new Cluster(1), new Cluster(1, isStory: true));
        var first = new Member(1, Print("Norland raises tariffs on Sudland steel"), Told, "wire") { Report = report, Story = story };
        report.Add(first);
        story.Add(first);

        Assert.Equal(isDoubtful, Doubt.Of(new Candidate(report, .5f), Print(title).Gist, "paper", Told.AddHours(hours)));
        Assert.True(Doubt.Of(new Candidate(report, .5f), Print(title).Gist, "wire", Told.AddHours(hours)));
    }

    private static Fingerprint Print(string title) => Reading.Of(title, "", "en", [], [], new()).Print;
}
