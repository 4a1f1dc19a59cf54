using CsCheck;
using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Stories;

/// <summary>Different events with the same names and the same words of the watch: whatever they are joined to, each is told.</summary>
public sealed class LookAlikeTests
{
    private static readonly string[] Events =
    [
        "{A} and {B} sign ceasefire in {K}",
        "{P} resigns as {B} parliament votes down ceasefire with {A}",
        "{A} shells {K} hours after ceasefire with {B}",
        "{B} frees 120 prisoners under ceasefire with {A}",
        "{B} court jails general who opposed ceasefire with {A}",
        "Thousands march in {K} against ceasefire between {A} and {B}",
        "{A} closes border with {B} over ceasefire dispute in {K}",
        "{A} and {B} break off ceasefire talks in {K}",
        "Bomb kills 12 in {K} as ceasefire of {A} and {B} begins",
        "{P} sues newspaper over report on ceasefire between {A} and {B}",
        "Grain prices fall in {K} after ceasefire between {A} and {B}",
        "{A} names new envoy to {B} to watch over ceasefire",
    ];

    // What feeds put below a headline: nothing, the headline again, its beginning, or background that speaks of what comes next.
    private static readonly string[] Summaries =
    [
        "",
        "{title}",
        "{title}, officials said on Tuesday.",
        "{A}, {B}, {K}: the ceasefire, and what {P} says of it.",
        "The parliament of {B} votes on the ceasefire on Friday; {P} may resign, and thousands march in {K}.",
    ];

    private static readonly string[][] Watches = [[], ["@a", "@b", "#ceasefire"], ["@a", "@b", "@k", "@p", "#ceasefire", "#war"]];

    [Fact]
    public void A_second_event_is_never_joined_for_certain_to_one_that_shares_its_names_and_watched_words() =>
        Gen.Select(Gen.Shuffle(Events), Gen.Int[0, Summaries.Length - 1].Array[3], Gen.Int[0, Watches.Length - 1], Gen.OneOf(Gen.Const(""), Gen.Const("en"), Gen.Const("uk")), Gen.Int[0, Names.Length - 1], Gen.Double[.1, 30])
            .Sample(
                (events, summaries, watch, language, names, hours) =>
                {
                    var news = new Newsroom();
                    for (var i = 0; i < 3; i++)
                    {
                        var title = Named(events[i], Names[names]);
                        var text = Named(Summaries[summaries[i]].Replace("{title}", title, StringComparison.Ordinal), Names[names]);
                        var placed = news.Tell(title, hours, text, Watches[watch], language: language, found: ["ceasefire"]);
                        Assert.True(placed.Kind is PlacementKind.NewStory or PlacementKind.NewReport || placed.IsDoubtful, $"{title} [{text}]: {placed.Kind}, {placed.Why}");
                    }
                },
                iter: 5_000);

    private static readonly string[][] Names =
    [
        ["Norland", "Sudland", "Kesten", "Brandt"],
        ["Russia", "Ukraine", "Kyiv", "Zelensky"],
        ["Israel", "Hamas", "Gaza", "Netanyahu"],
    ];

    private static string Named(string text, string[] names) =>
        text.Replace("{A}", names[0], StringComparison.Ordinal).Replace("{B}", names[1], StringComparison.Ordinal).Replace("{K}", names[2], StringComparison.Ordinal).Replace("{P}", names[3], StringComparison.Ordinal);
}
