using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>The phrases that stand in text resources by language.</summary>
public sealed class BoilerplatePhrasesTests
{
    [Fact]
    public void Each_section_of_the_phrase_files_is_one_that_the_program_asks_for() =>
        Assert.Equal(
            ["about", "ago", "byline", "comments", "credit", "credit within", "end", "invitation", "invitation within", "live", "note", "note within", "pointer", "wall", "wall within"],
            PhraseList.Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Read more: How the flood closed the locks")]
    [InlineData("Lesen Sie auch: Wie die Flut die Schleusen schloss")]
    [InlineData("À lire aussi : comment la crue a fermé les écluses")]
    [InlineData("Te puede interesar: las esclusas")]
    [InlineData("Leia também: as comportas")]
    [InlineData("Leggi anche: le chiuse")]
    [InlineData("Lees ook: de sluizen")]
    [InlineData("Läs också: slussarna")]
    [InlineData("Czytaj też: śluzy")]
    [InlineData("Čtěte také: zdymadla")]
    [InlineData("Читайте также: шлюзы")]
    [InlineData("관련기사")]
    [InlineData("広告")]
    public void A_pointer_is_known_in_each_language(string line) => Assert.True(BoilerplatePhrases.IsPointer(line));

    [Theory]
    [InlineData("Related articles")]
    [InlineData("Weitere Meldungen")]
    [InlineData("Sur le même sujet")]
    [InlineData("Noticias relacionadas")]
    [InlineData("Articoli correlati")]
    [InlineData("Související články")]
    [InlineData("関連記事")]
    [InlineData("관련 기사")]
    [InlineData("相关新闻")]
    [InlineData("İlgili haberler")]
    public void The_heading_over_other_articles_is_known_in_each_language(string line) => Assert.True(BoilerplatePhrases.EndsArticle(line));

    [Theory]
    [InlineData("2 hours ago")]
    [InlineData("vor 2 Stunden")]
    [InlineData("il y a 2 heures")]
    [InlineData("hace 2 horas")]
    public void How_long_ago_an_entry_came_is_known_in_each_language(string line) => Assert.True(BoilerplatePhrases.IsEntryTime(line));

    [Theory]
    [InlineData("Locks reopen – live updates", true)]
    [InlineData("Flut im Liveblog: Schleusen offen", true)]
    [InlineData("EN DIRECT. Les écluses rouvrent", true)]
    [InlineData("Las esclusas reabren, en directo", true)]
    [InlineData("Where river people live longest", false)]
    public void A_title_that_calls_its_page_live_is_known(string title, bool isLive) => Assert.Equal(isLive, BoilerplatePhrases.TellsLive(title));

    [Theory]
    [InlineData("©, all gates of the lock are open, the harbour office said on Tuesday", true)]
    [InlineData("The readings of the gauge are related to the flood of last spring", false)]
    public void A_phrase_counts_where_its_section_says(string line, bool isNote) => Assert.Equal(isNote, BoilerplatePhrases.IsNote(line));
}
