using NewsWatch.Core.Stories.Copies;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Stories;

/// <summary>Databases keep sketches, so what they are made of may not change.</summary>
public sealed class TextSketchTests
{
    private const string Text =
        "The council of Westhaven met at dawn, and the mayor’s deputy, Ilse Brandt, told reporters that 1,200 houses near the old harbour had no water. It's the third day without rain, she said.";

    private static readonly string[] Words =
        "the council of westhaven met at dawn and the mayors deputy ilse brandt told reporters that 1,200 houses near the old harbour had no water its the third day without rain she said".Split(' ');

    [Fact]
    public void A_short_text_is_sampled_whole_each_run_of_three_words_by_its_hash()
    {
        var runs = Enumerable.Range(0, Words.Length - 2).Select(i => Hash($"{Words[i]} {Words[i + 1]} {Words[i + 2]}"));

        Assert.Equal(runs.Distinct().Order(), TextSketch.From(Text)!.Shingles.ToArray());
    }

    [Fact]
    public void Names_within_a_sentence_and_numbers_are_its_values()
    {
        var stored = TextSketch.From(Text)!.ToBytes();
        var values = Enumerable.Range(0, stored[4]).Select(i => BitConverter.ToUInt32(stored, 5 + (i * sizeof(uint))));

        Assert.Equal(new[] { "westhaven", "ilse", "brandt", "1,200" }.Select(Hash).Order(), values);
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(24, false)]
    public void A_text_of_fewer_than_25_words_has_none(int words, bool has) => Assert.Equal(has, TextSketch.From(string.Join(' ', Words.Take(words))) is not null);

    private static uint Hash(string words) => (uint)WordHash.Of(words);
}
