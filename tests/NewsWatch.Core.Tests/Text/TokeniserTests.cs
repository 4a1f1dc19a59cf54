using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Text;

public sealed class TokeniserTests
{
    [Theory]
    [InlineData("Putin's and Putin’s allies’ demands", "putin and putin allies demands")]
    [InlineData("O’Neill, O'Neill; wouldn’t", "o'neill o'neill wouldn't")]
    [InlineData("l’Ukraine et d'Israël", "l ukraine et d israel")]
    [InlineData("The U.S. and the U.S.A. and J.D. Vance", "the us and the usa and jd vance")]
    [InlineData("1,000 of 3.5 at 10.", "1000 of 3.5 at 10")]
    [InlineData("state-of-the-art wsj.com AT&T", "state of the art wsj com at t")]
    [InlineData("sanc\u00ADtions zero\u200Bwidth", "sanctions zerowidth")]
    [InlineData("ＴＲＵＭＰ ﬁnance Straße İstanbul DIŞ Æther Łódź", "trump finance strasse istanbul dis aether lodz")]
    [InlineData("Ze\u0301lensky Zélensky и\u0306 й ё", "zelensky zelensky й й е")]
    [InlineData("中国制裁 ゼレ ｶﾞ カ\u3099", "中 国 制 裁 ゼ レ ガ ガ")]
    [InlineData("العقوبات أوكرانيا مُحَمَّد", "العقوبات اوكرانيا محمد")]
    [InlineData("한국 \u1112\u1161\u11AB", "한국 한")]
    [InlineData("𝐓𝐫𝐮𝐦𝐩 🇺🇦 𠮷", "trump 𠮷")]
    [InlineData("a\0b \uD800 c", "ab c")]
    public void Words_are_folded(string text, string folded) => Assert.Equal(folded, string.Join(' ', Fold(text)));

    [Theory]
    [InlineData("İ met. The sanc\u00ADtions’ end: Ze\u0301lensky’s", "İ|met|The|sanc\u00ADtions|end|Ze\u0301lensky")]
    [InlineData("The U.S. agreed", "The|U.S.|agreed")]
    public void Offsets_point_at_the_original(string text, string words)
    {
        var stream = new TokenStream();
        stream.Read(text);

        Assert.Equal(words, string.Join('|', Enumerable.Range(0, stream.Count).Select(i => text[stream.Start[i]..stream.End[i]])));
    }

    [Theory]
    [InlineData("He left. She stayed.", "she")]
    [InlineData("Mr. Trump and J. Smith met No. 10 on Jan. 5 in the U.S. Senate.", "")]
    [InlineData("It was the U.S. The rest", "the")]
    [InlineData("Really? Yes! “Good.” Fine… maybe", "yes good fine")]
    [InlineData("wsj.com and e.g. this vs. that", "")]
    [InlineData("One\nTwo", "two")]
    public void Sentences_begin_where_a_reader_says_so(string text, string beginnings)
    {
        var stream = new TokenStream();
        stream.Read(text);

        Assert.Equal(beginnings, string.Join(' ', Enumerable.Range(1, stream.Count - 1).Where(i => stream.Marks[i].HasFlag(TokenMarks.Sentence)).Select(i => stream.FoldedOf(i).ToString())));
    }

    [Fact]
    public void A_word_longer_than_a_block_has_the_hash_of_its_folded_form()
    {
        foreach (var word in new[] { "a", "deadline", "deadlines", "Intercontinental", "Intercontinentals", "x1y2z3" })
        {
            var stream = new TokenStream();
            stream.Read($"{word} {word}, {word}");
            Assert.Equal(3, stream.Count);
            Assert.All(stream.Hash[..3], h => Assert.Equal(WordHash.Of(word.ToLowerInvariant()), h));
        }
    }

    [Fact]
    public void A_word_of_any_length_is_the_same_wherever_it_stands()
    {
        for (var length = 1; length <= 200; length++)
        {
            var word = string.Concat(Enumerable.Range(0, length).Select(at => "aB3xYz"[at % 6]));
            foreach (var before in Enumerable.Range(0, 70).Where(at => at % 7 == length % 7))
            {
                var text = new string('.', before) + word;
                Assert.Equal([word.ToLowerInvariant()], Fold(text));
                Assert.Equal([word.ToLowerInvariant(), "end"], Fold($"{text} end"));
                Assert.Equal([word.ToLowerInvariant(), "and", "more", "words", "follow", "it"], Fold($"{text}, and more: words follow it."));
            }
        }
    }

    private static IEnumerable<string> Fold(string text)
    {
        var stream = new TokenStream();
        stream.Read(text);
        return Enumerable.Range(0, stream.Count).Select(i => stream.FoldedOf(i).ToString());
    }
}
