using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Tests.Stories;

public sealed class WindowIndexTests
{
    private readonly RecentCounts _recent = new();
    private readonly WindowIndex _index = new();
    private long _article;

    [Fact]
    public void An_article_in_the_slot_of_one_that_left_is_found_by_its_own_words_alone()
    {
        var elephant = Add("Zoo elephant escapes through open gate");
        Add("Brandt walks out of budget talks");
        _index.Remove(elephant);

        var ferry = Add("Ferry runs aground off Westhaven");

        Assert.Equal(elephant.Slot, ferry.Slot);
        Assert.Empty(Like("Police catch zoo elephant"));
        Assert.Equal([ferry.Article], Like("Ferry refloated off Westhaven"));
    }

    [Fact]
    public void The_likest_come_first_and_of_equal_ones_the_latest()
    {
        Add("Ferry sinks");
        Add("Ferry runs aground off Westhaven");
        Add("Ferry sinks");

        Assert.Equal([2, 3, 1], Like("Ferry aground off Westhaven"));
    }

    [Fact]
    public void Of_hundreds_the_64_likest_are_found()
    {
        Enumerable.Range(0, 200).ToList().ForEach(i => Add(i % 3 == 0 ? "Ferry runs aground off Westhaven" : "Ferry sinks"));

        var like = Like("Ferry aground off Westhaven");

        Assert.Equal(Enumerable.Range(0, 64).Select(i => 199L - (3 * i)), like);
    }

    [Fact]
    public void A_look_up_leaves_nothing_behind_for_the_next()
    {
        Add("Ferry runs aground off Westhaven");
        Add("Ferry sinks");
        var first = Like("Ferry sinks off Westhaven");

        Like("Westhaven");
        Like("Brandt walks out of budget talks");

        Assert.Equal(first, Like("Ferry sinks off Westhaven"));
    }

    [Fact]
    public void A_text_is_found_by_its_heaviest_terms_of_equal_weight_those_with_the_smaller_hash()
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var terms = Enumerable.Range(0, random.Next(49)).Select(i => (Hash: (uint)(i * 1000), Weight: (byte)random.Next(1, 6))).ToList();
            var profile = TextProfile.FromBytes(terms.SelectMany(term => (byte[])[.. BitConverter.GetBytes(term.Hash), term.Weight]).ToArray());

            Assert.Equal(
                terms.OrderByDescending(term => term.Weight).ThenBy(term => term.Hash).Take(12).Select(term => (ulong)term.Hash),
                profile?.Heaviest().Select(term => term.Key) ?? []);
        }
    }

    private Member Add(string title)
    {
        var member = new Member(++_article, Print(title), DateTimeOffset.UnixEpoch, "paper");
        _index.Add(member);
        return member;
    }

    private List<long> Like(string title) => _index.Like(Print(title)).ConvertAll(member => member.Article);

    private Fingerprint Print(string title) => Reading.Of(title, "", "", [], [], _recent).Print;
}
