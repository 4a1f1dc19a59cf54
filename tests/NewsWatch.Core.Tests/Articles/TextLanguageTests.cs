using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

public sealed class TextLanguageTests
{
    [Theory]
    [InlineData("en", "The ministers of the river states agreed that the locks are to open for freight from the plains, which was held up by the flood and the repairs of the dam.")]
    [InlineData("de", "Die Minister der Länder haben sich auf die Öffnung der Schleusen geeinigt, und der Verkehr auf dem Fluss soll noch in der Woche mit den ersten Schiffen beginnen.")]
    [InlineData("fr", "Les ministres des pays du fleuve se sont mis d'accord sur la réouverture des écluses, et le trafic est attendu dans la semaine pour les premiers bateaux.")]
    [InlineData("uk", "Міністри країн домовилися про відкриття шлюзів, і це має статися до кінця місяця, а також про те, що у порту не буде черги на вході.")]
    [InlineData("ja", "上流の水門は月末までに再び貨物に開かれることが決まった。")]
    [InlineData("ko", "강 유역 국가의 장관들은 갑문을 다시 열기로 합의했다.")]
    [InlineData("zh", "河流各国部长同意在月底之前重新开放上游船闸。")]
    [InlineData("", "Locks reopen.")]
    [InlineData("", "")]
    public void The_language_is_told_by_script_and_common_words(string language, string text) => Assert.Equal(language, TextLanguage.Of(text));
}
