using CsCheck;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

/// <summary>Random rules and texts over a few words, so that they meet often.</summary>
internal static class RandomQueries
{
    public static readonly Vocabulary Words = new(
        new Dictionary<string, Entity>
        {
            ["putin"] = new("putin", "Vladimir Putin", "person", ["Putin", "=Mr Putin", "Puti*"]),
            ["us"] = new("us", "United States", "place", ["=US", "U.S.", "Washington"]),
        },
        new Dictionary<string, TermList> { ["truce"] = new("truce", ["cease-fire", "truce~", "halt in fighting"]) });

    private static readonly Gen<string> Leaf = AnyOf(
        "truce", "sanctions", "deadline", "us", "=US", "=May", "cease-fire", "ceasefire", "cease-fire~", "sanction~", "tariff~", "\"secondary tariffs\"", "\"the deadline\"",
        "\"fire the\"", "\"Washington Post\"", "Washington", "Puti*", "sanct*", "Uk?aine", "{Kyiv|Kiev}", "{cease|cease fire|fire}", "@putin", "@us", "#truce", "Zelensky", "может", "制裁", "U.S.",
        "by:date", "by:7d", "by:2025-08-31", "said:@putin", "said:\"Mr Putin\"", "said:@putin(truce OR deadline)", "\"=May may\"", "\"sanct* truce\"", "the", "state-of-the-art", "art");

    private static readonly Gen<string> Place = Gen.Recursive<string>((depth, inner) =>
        depth > 2 ? Leaf : Gen.Frequency(
            (5, Leaf),
            (1, Gen.Select(inner, inner, (a, b) => $"({a} OR {b})")),
            (1, Gen.Select(inner, inner, Gen.Int[1, 5], (a, b, n) => $"({a} NEAR/{n} {b})")),
            (1, Gen.Select(inner, inner, Gen.Int[1, 5], (a, b, n) => $"({a} ONEAR/{n} {b})")),
            (1, Gen.Select(inner, inner, (a, b) => $"({a} EXCEPT {b})"))));

    /// <summary>Query texts; most are valid.</summary>
    public static readonly Gen<string> Query = Gen.Recursive<string>((depth, inner) =>
        depth > 3 ? Place : Gen.Frequency(
            (4, Place),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} AND {b})")),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} OR {b})")),
            (1, Gen.Select(inner, inner, (a, b) => $"({a} NOT {b})")),
            (1, Place.Select(a => $"title:{a}")),
            (1, Gen.Select(Place, Gen.Int[1, 3], (a, n) => $"atleast{n}({a})")),
            (1, Gen.Select(inner, AnyOf("source:example.com", "lang:en", "publisher:reuters"), (a, f) => $"({a} AND {f})"))));

    private static readonly Gen<string> Word = AnyOf(
        "truce", "truces", "sanctions", "Sanctions", "sanctioned", "sanc\u00ADtions", "deadline", "us", "US", "U.S.", "May", "may", "cease-fire", "ceasefire", "cease fire", "cease\u2011fires",
        "secondary tariffs", "tariff", "the", "The", "Washington", "Washington Post", "Putin", "Vladimir Putin", "Putin's", "Mr Putin", "Ukraine", "Kyiv", "Kiev", "fire", "halt in fighting", "Zelensky",
        "by Friday", "must leave by 29 August 2025.", "the Friday deadline", "“We want a truce by Friday,”", "\"No deadline,\" Putin said.", "said Mr Putin.", "Putin said: «sanctions, us, truce»", "Ze\u0301lensky", "может", "中国制裁", "state-of-the-art", "art", "İ", "🇺🇦", "x");

    private static readonly Gen<string> Text =
        Gen.Select(Word, Gen.Frequency((8, Gen.Const(" ")), (1, Gen.Const(". ")), (1, Gen.Const(", ")), (1, Gen.Const("\n\n")), (1, Gen.Const("-")), (1, Gen.Const("")))).Select((w, s) => w + s).List[0, 25].Select(string.Concat);

    /// <summary>Documents made of the same words.</summary>
    public static readonly Gen<Document> Document = Gen.Select(Text, Text, AnyOf("example.com", "www.example.com", "example.org"), AnyOf("en", "en-GB", "de"))
        .Select((title, body, host, language) => new Document { Title = title, Body = body, Host = host, Language = language, Publisher = "reuters", Published = new(2025, 8, 6, 14, 30, 0, TimeSpan.FromHours(-4)) });

    private static Gen<string> AnyOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
