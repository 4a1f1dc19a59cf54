using System.Text;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Text;

public sealed class DecodingTests
{
    static DecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Headlines => new()
    {
        { "gb2312", "渡轮工会与市政府签署新的工资协议，周一恢复航行" },
        { "gb18030", "台风逼近沿海城市，数十万居民连夜撤离" },
        { "big5", "颱風逼近沿海城市，數十萬居民連夜撤離" },
        { "euc-kr", "여객선 노조와 시가 임금 협정에 서명해 월요일부터 운항을 재개한다" },
        { "shift_jis", "フェリー労組が市と賃金協定に署名し、月曜から運航を再開する" },
        { "euc-jp", "台風が沿岸の都市に近づき、数万人の住民が夜のうちに避難した" },
        { "windows-1250", "Związek marynarzy podpisał umowę płacową i wznawia żeglugę" },
        { "iso-8859-2", "Odbory námořníků podepsaly smlouvu a příští týden vyplují všechny trajekty" },
        { "windows-1251", "Профсоюз моряков подписал соглашение о зарплате с городом" },
        { "koi8-r", "Тайфун приближается к побережью, тысячи жителей уехали ночью" },
        { "koi8-u", "Профспілка моряків підписала угоду про зарплату з містом" },
        { "windows-1252", "Le syndicat des marins a signé l’accord : « la grève est terminée »" },
        { "windows-1253", "Το συνδικάτο των ναυτικών υπέγραψε συμφωνία για τους μισθούς" },
        { "windows-1254", "Denizciler sendikası belediyeyle ücret anlaşması imzaladı, grev bitti" },
        { "windows-1255", "איגוד הימאים חתם על הסכם שכר עם העירייה ביום שני" },
        { "windows-1256", "نقابة البحارة توقع اتفاق الأجور مع البلدية يوم الاثنين" },
        { "windows-1257", "Jūrininkų profsąjunga pasirašė susitarimą su miestu dėl atlyginimų" },
        { "windows-874", "สหภาพลูกเรือลงนามข้อตกลงค่าจ้างกับเมืองในวันจันทร์" },
        { "iso-2022-jp", "フェリー労組が市と賃金協定に署名し、月曜から運航を再開する" },
    };

    [Theory]
    [MemberData(nameof(Headlines))]
    public void A_headline_is_read_in_the_encoding_that_its_bytes_show(string encoding, string headline)
    {
        Assert.Equal(headline, FeedTitle(encoding, headline, contentType: null, declaration: null));
        Assert.Equal(headline, FeedTitle(encoding, headline, "application/rss+xml; charset=utf-8", declaration: "utf-8"));
        Assert.Contains(headline, PageDecoder.Decode(Encoding.GetEncoding(encoding).GetBytes($"<html><head><title>{headline}</title>"), "text/html"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Headlines))]
    public void A_header_that_the_bytes_disprove_leaves_the_word_to_the_document(string encoding, string headline)
    {
        Assert.Equal(headline, FeedTitle(encoding, headline, "application/rss+xml; charset=utf-8", encoding));
        Assert.Equal(headline, FeedTitle(encoding, headline, "application/rss+xml; charset=iso-8859-1", encoding));
        Assert.Contains(headline, PageDecoder.Decode(Encoding.GetEncoding(encoding).GetBytes($"<html><head><meta charset='{encoding}'><title>{headline}</title>"), "text/html; charset=utf-8"), StringComparison.Ordinal);
        Assert.Contains(headline, PageDecoder.Decode(Encoding.GetEncoding(encoding).GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?><html><head><title>{headline}</title>"), contentType: null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gbk", "渡轮工会与市政府签署新的工资协议")]
    [InlineData("shift_jis", "フェリー労組が市と賃金協定に署名")]
    [InlineData("euc-kr", "여객선 노조와 시가 임금 협정에 서명")]
    public void Valid_utf8_is_read_as_such_whatever_the_page_declares(string declared, string headline) =>
        Assert.Contains(headline, PageDecoder.Decode(Encoding.UTF8.GetBytes($"<meta charset={declared}><title>{headline}</title>"), $"text/html; charset={declared}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("cp1251", "windows-1251", "Тайфун")]
    [InlineData("x-gbk", "gb18030", "台风")]
    [InlineData("ks_c_5601-1987", "ks_c_5601-1987", "뷁 태풍")]
    [InlineData("TIS-620", "windows-874", "พายุ")]
    [InlineData("x-sjis", "shift_jis", "台風")]
    [InlineData("latin1", "windows-1252", "“Orkan”")]
    public void Labels_of_every_spelling_are_known(string label, string encoding, string headline) => Assert.Equal(headline, FeedTitle(encoding, headline, contentType: null, label));

    [Fact]
    public void One_byte_of_evidence_is_western() => Assert.Equal("5 \u00E9", FeedTitle("windows-1252", "5 \u00E9", contentType: null, declaration: null));

    [Fact]
    public void Broken_bytes_that_outnumber_whole_sequences_are_another_encoding() => Assert.Equal("café", FeedTitle("windows-1252", "café", contentType: null, "utf-8"));

    private static string FeedTitle(string encoding, string headline, string? contentType, string? declaration)
    {
        var start = declaration is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declaration}\"?>";
        var bytes = Encoding.GetEncoding(encoding).GetBytes($"{start}<rss version=\"2.0\"><channel><title>Harbour Courier</title><item><title>{headline}</title><link>https://courier.example.com/1</link></item></channel></rss>");
        return Assert.Single(Assert.IsType<FeedResult.Parsed>(FeedParser.Parse(bytes, contentType, location: null)).Feed.Items).Title;
    }
}
