using CsCheck;
using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Core.Tests.Stories;

public sealed class OriginFinderTests
{
    private const string Wired = "Norland offered Sudland a cease-fire on Wednesday and gave it until Friday to answer. Foreign Minister Ilse Brandt said the guns would fall silent at midnight. The army said 14 people had been killed in Kesten.";
    private const string Own = "In a surprise move the foreign minister stepped before the cameras and proposed that the shooting stop tonight. She told this newspaper afterwards that the neighbour had two days to think it over.";
    private const string Another = "Two people with knowledge of the plan said that the cabinet voted nine to four for the proposal after a night session. Our correspondent saw ministers arrive at the palace at noon.";

    private static readonly Outlet Herald = new("herald", "The Herald", "Herald Trust");
    private static readonly Outlet Sunday = new("sunday", "Herald on Sunday", "Herald Trust");
    private static readonly Outlet Ledger = new("ledger", "Daily Ledger", "ledger");
    private static readonly Outlet Tolva = new("tolva-tv", "Tolva TV", "State of Tolva") { IsStateAffiliated = true };
    private static readonly Outlet Ceres = new("ceres", "Ceres News", "ceres") { IsWire = true };

    [Theory]
    [InlineData("WARDEN (Reuters) - " + Wired, "Reuters")]
    [InlineData("WARDEN, Aug. 6 (AFP) — " + Wired, "AFP")]
    [InlineData(Wired + "\n(Agence France-Presse)", "AFP")]
    [InlineData(Wired + "\nReporting by Reuters; editing by our desk.", "Reuters")]
    [InlineData(Wired + "\n© dpa", "dpa")]
    [InlineData("KESTEN, 6 серпня. УНІАН. Північ запропонувала перемир'я і дала час до п'ятниці.", "UNIAN")]
    [InlineData("МОСКВА, 6 авг - РИА Новости. Стороны договорились о прекращении огня до пятницы.", "RIA Novosti")]
    [InlineData("新华社北京8月6日电 双方同意停火。", "Xinhua")]
    [InlineData("Both sides agreed to stop shooting until Friday, Reuters reported. More follows.", "Reuters")]
    [InlineData("“I could not believe it,” one of them told AFP. The guns fell silent.", "AFP")]
    [InlineData("Die Waffen schweigen, wie die Nachrichtenagentur dpa berichtete.", "dpa")]
    [InlineData("Laut der Nachrichtenagentur AFP schweigen die Waffen.", "AFP")]
    [InlineData("Le cessez-le-feu tient, selon l'AFP.", "AFP")]
    [InlineData("El alto el fuego se mantiene, según la agencia EFE.", "EFE")]
    [InlineData("Стороны договорились, сообщает агентство Интерфакс.", "Interfax")]
    [InlineData("Сторони домовилися, повідомляє Укрінформ.", "Ukrinform")]
    [InlineData("وقال مسؤول لرويترز إن الهدنة صامدة.", "Reuters")]
    [InlineData("据路透社报道，双方同意停火。", "Reuters")]
    public void A_text_that_credits_an_agency_is_the_agencys_whoever_prints_it(string text, string agency)
    {
        var found = Of(new PrintedText(Ledger, "Cease-fire offered", text, []));

        Assert.Equal((1, OriginKind.Wire, agency), (found.Publishers, found.Origins[0].Kind, found.Origins[0].Name));
        Assert.Equal(["Daily Ledger"], found.Origins[0].Via);
    }

    [Theory]
    [InlineData("The photographer of Reuters was hit by a splinter, colleagues said. The minister proposed that the shooting stop.")]
    [InlineData("Judge Kron, once a reporter at AP, read the first sentence slowly: she is acquitted.")]
    [InlineData("Orrin, which sold its stake in dpa last year, buys Calder. Its managers told our paper so at two in the morning.")]
    [InlineData("The map shows where the shells fell in the last days before the guns fell silent.\nPhoto: Reuters")]
    [InlineData("Reutersward, a painter from Warden, showed his pictures.")]
    public void An_agency_that_is_only_mentioned_is_no_source(string text) =>
        Assert.Equal([(OriginKind.Outlet, "Daily Ledger")], Of(new PrintedText(Ledger, "Cease-fire offered", text, [])).Origins.Select(origin => (origin.Kind, origin.Name)));

    [Fact]
    public void A_byline_credits_as_well() =>
        Assert.Equal("Reuters", Of(new PrintedText(Ledger, "Cease-fire offered", Own, ["Ilse Renn, Reuters"])).Origins[0].Name);

    [Fact]
    public void Three_papers_with_one_agencys_text_are_one_source() =>
        AssertGroups([[0, 1, 2]], Text(Herald, "(Reuters) - " + Wired), Text(Ledger, Wired + "\n(Reuters)"), Text(Tolva, Wired));

    [Fact]
    public void The_same_text_without_a_credit_is_one_source_too() => AssertGroups([[0, 1]], Text(Herald, Own), Text(Ledger, Own));

    [Fact]
    public void Outlets_of_one_owner_are_one_source_unless_one_of_them_credits_another() =>
        AssertGroups([[0, 1], [2]], Text(Herald, Own), Text(Sunday, Another), Text(Sunday, "(AP) - " + Wired));

    [Fact]
    public void Texts_that_differ_from_different_owners_are_independent() => AssertGroups([[0], [1], [2]], Text(Herald, Own), Text(Ledger, Another), Text(Tolva, Wired));

    [Fact]
    public void An_outlet_that_only_cites_another_adds_no_source()
    {
        var found = Of(Text(Tolva, Own), new PrintedText(Ledger, "Cease-fire", "Tolva TV of Tolva reported that the shooting would stop tonight. The report could not be confirmed.", []));

        Assert.Equal((2, 1, "Tolva TV", true), (found.Publishers, found.Independent, found.Origins[0].Name, found.Origins[0].IsStateAffiliated));
    }

    [Fact]
    public void An_agency_of_the_configuration_is_credited_as_those_of_the_table()
    {
        var finder = new OriginFinder([Ceres]);

        Assert.Equal("Ceres News", Assert.Single(finder.Of([new(Ledger, "Cease-fire", "WARDEN (Ceres News) - " + Wired, []), new(Ceres, "Cease-fire", Another, [])]).Origins).Name);
    }

    [Fact]
    public void A_press_release_is_one_source_wherever_it_is_printed() =>
        AssertGroups([[0, 1], [2]], Text(Herald, "(press release) " + Wired), new(Ledger, "Offer", Another, ["Press release"]), Text(Tolva, Own));

    [Fact]
    public void Equal_headlines_without_texts_are_one_source_and_equal_headlines_over_different_texts_are_two()
    {
        Assert.Equal(1, Of(Headline(Herald, ""), Headline(Ledger, "")).Independent);
        Assert.Equal(1, Of(Headline(Herald, Own), Headline(Ledger, "")).Independent);
        Assert.Equal(2, Of(Headline(Herald, Own), Headline(Ledger, Another)).Independent);

        static PrintedText Headline(Outlet outlet, string text) => new(outlet, "Norland offers a cease-fire until Friday", text, []);
    }

    [Fact]
    public void Each_text_has_one_source() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5]).Array[1, 8].Sample(
            picks =>
            {
                Outlet[] outlets = [Herald, Sunday, Ledger, Tolva, new("post", "The Post", "post")];
                string[] texts = [Own, Another, Wired, "(Reuters) - " + Wired, "Tolva TV reported that the guns fell silent.", ""];
                var all = picks.Select(pick => new PrintedText(outlets[pick.Item1], $"Headline {pick.Item2}", texts[pick.Item2], [])).ToArray();
                var found = Of(all);
                var groups = new OriginFinder(all.Select(text => text.Outlet)).Groups(all);
                return found.Independent == groups.Count && groups.SelectMany(group => group.Texts).Order().SequenceEqual(Enumerable.Range(0, all.Length));
            },
            iter: 300);

    private static PrintedText Text(Outlet outlet, string text) => new(outlet, $"As {outlet.Name} tells it", text, []);

    private static Corroboration Of(params PrintedText[] texts) => new OriginFinder(texts.Select(text => text.Outlet)).Of(texts);

    private static void AssertGroups(int[][] expected, params PrintedText[] texts) =>
        Assert.Equal(expected, new OriginFinder(texts.Select(text => text.Outlet)).Groups(texts).Select(group => group.Texts.ToArray()));
}
