using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Tests.Stories;

public sealed class StorySplitTests
{
    private static readonly string[] Budget = ["Brandt walks out of budget talks", "Budget talks without Brandt fail", "Brandt demands 500 jobs in budget talks"];
    private static readonly string[] Elephant = ["Zoo elephant escapes through open gate", "Police catch zoo elephant in suburb", "Zoo director resigns over elephant"];

    private readonly RecentCounts _recent = new();
    private readonly Cluster _story = new(1);
    private long _article;

    [Fact]
    public void A_story_of_two_groups_that_share_nothing_loses_the_younger()
    {
        Tell(Budget, "paper");
        Tell(Elephant, "paper");

        var leaving = StorySplit.Leaving(_story);
        var split = StorySplit.Split(_story, leaving, 7);

        Assert.Equal((StoryChangeKind.Split, 1L, 7L), (split.Kind, split.Story, split.Other));
        Assert.Equal([4, 5, 6], split.Reports);
        Assert.Equal([1, 2, 3], _story.Members.Select(member => member.Article));
        Assert.All(leaving, member => Assert.Equal(7, member.Story.Key));
    }

    [Fact]
    public void A_group_of_two_reports_stays()
    {
        Tell(Budget, "paper");
        Tell(Elephant[..2], "paper");

        Assert.Empty(StorySplit.Leaving(_story));
    }

    [Fact]
    public void A_group_of_one_publisher_stays()
    {
        Tell(Budget, "paper");
        Tell(Elephant, "");

        Assert.Empty(StorySplit.Leaving(_story));
    }

    [Fact]
    public void A_story_that_holds_together_stays()
    {
        Tell([.. Budget, .. Budget], "paper");

        Assert.Empty(StorySplit.Leaving(_story));
    }

    [Fact]
    public void A_cluster_without_an_article_is_as_if_it_had_never_come()
    {
        Tell(Budget, "paper");
        var gist = Gist.From(TermReader.Read("Zoo budget: elephant walks out", ""), 0, _recent);
        var before = (_story.Told(gist), _story.Core(gist), _story.Nearness(gist));
        Tell(["Zoo elephant walks"], "paper");
        var with = (_story.Told(gist), _story.Core(gist), _story.Nearness(gist));
        _story.Remove(_story.Members[^1]);

        Assert.NotEqual(before.Item1, with.Item1);
        Assert.Equal(before.Item1, _story.Told(gist), 5);
        Assert.Equal(before.Item2, _story.Core(gist), 5);
        Assert.Equal(before.Item3, _story.Nearness(gist), 5);
    }

    private void Tell(string[] titles, string publisher)
    {
        foreach (var title in titles)
        {
            var id = ++_article;
            var at = new DateTimeOffset(2030, 5, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(id);
            var name = publisher.Length > 0 ? $"{publisher} {id}" : "one paper";
            var member = new Member(id, Reading.Of(title, "", "", [], [], _recent).Print, at, name) { Report = new Cluster(id), Story = _story };
            member.Report.Add(member);
            _story.Add(member);
        }
    }
}
