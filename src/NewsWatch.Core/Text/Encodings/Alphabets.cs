namespace NewsWatch.Core.Text.Encodings;

/// <summary>The alphabets that are written in something other than UTF-8, by their encodings: letters beyond ASCII, the most frequent first.</summary>
internal static class Alphabets
{
    // The parts of the standards that hold the characters in daily use.
    private static readonly HashSet<char> DailyChinese = [.. Characters(54936, 0xB0, 0xD7), .. Characters(950, 0xA4, 0xC6)];
    private static readonly HashSet<char> DailyJapanese = [.. Characters(932, 0x88, 0x97)];

    /// <summary>Languages of western Europe.</summary>
    public static readonly Alphabet[] Western =
    [
        .. Latin("éàêèùçâôîûœïë", "äüöß", "óíáúéñü¿¡", "ãçéíáàõêóúâô", "àèùéòì", "äöåéü", "æåøé", "õäüö", "áóíéúàèïçüò·", "ðáíþéóöæúý", "ëéïöèüê"),
    ];

    /// <summary>Languages of central Europe.</summary>
    public static readonly Alphabet[] Central = [.. Latin("łżąóśęćńź", "áíéěýžčřšůúťňďó", "áýžčéúťšíľôňďäĺŕó", "éáőöüóíűú", "ăţşîâșț", "čšžćđ", "ëç")];

    /// <summary>Turkish and Azeri.</summary>
    public static readonly Alphabet[] Turkish = [.. Latin("ışüçğöâîİ", "əıüşöçğ")];

    /// <summary>Languages of the Baltic.</summary>
    public static readonly Alphabet[] Baltic = [.. Latin("ėųąžšįęūč", "īāēšņūļģķžč", "õäüöšž")];

    /// <summary>Vietnamese: its tones are characters of their own.</summary>
    public static readonly Alphabet[] Vietnamese = [.. Latin("đưôêơ\u0323\u0301\u0300âă\u0309áàíéèóòúù\u0303ãýõ")];

    /// <summary>Russian, Ukrainian, Bulgarian, Serbian, Macedonian, Belarusian.</summary>
    public static readonly Alphabet[] Cyrillic =
    [
        .. Other("оеиантвсрлдпкмяубыьгзчйжхюшцщэфъё", "оаніивтрседуплямкбзюгьжхчїцйєшщфґ", "аоиенвтсрдклпбзчямъугжщцйхшюфь", "аоиенврустдпкмлјбзчњгшцљжхђћфџ", "аоиентврсдлпкумјбзчгцшњжќѓхфѕљ", "аныірвеосдялкпцумтбзўгчьхжюйэшёф"),
    ];

    /// <summary>Greek.</summary>
    public static readonly Alphabet[] Greek = [.. Other("αιετονκρσηπςυίμδλθωέάήόγχώύξφβζψϊϋΐΰ")];

    /// <summary>Hebrew.</summary>
    public static readonly Alphabet[] Hebrew = [.. Other("ויהלאתבשרכדמעחםנזפסןקגצטףךץ־׳״")];

    /// <summary>Arabic, Persian, Urdu.</summary>
    public static readonly Alphabet[] Arabic = [.. Other("اليموتنةرعدقأحهفبسكجإشخضصىذزطءغئظثآؤـ", "ادیرموهنتبکقسشلعحزجخآفگصضطئچذپظثغژيك", "ایورکےہمنسدتلقںبعحجئفشصخپزگآھچذظضطغثٹڑڈؤ")];

    /// <summary>Thai.</summary>
    public static readonly Alphabet[] Thai = [.. Other("ารนกอม่ิทงะ้ัสคีลดเยวแตหปจบุใขืชธพไำศ็ภูึโถษญ์ผฐณฏซฎฒฉฝฟฮๆฯ")];

    /// <summary>Chinese, in both forms of its characters.</summary>
    public static readonly Alphabet[] Chinese =
    [
        new(
            "的一是不了在人有我他这個中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运領協議委會員達來為國說時對過後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內給門東聲論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽強難權設記類據邊張該規萬覺術確傳師觀讓識帶導爭運",
            Script.Signs, 0.6, c => Sign(c, DailyChinese) ?? Wide(c)),
    ];

    /// <summary>Korean.</summary>
    public static readonly Alphabet[] Korean =
    [
        new(
            "의한에하다가이권는리를자사을적제은인유모든진로여국람과어조정으서또동고대신보기도와지받위며아그선부공회할수교니등있되법전구간호나된거및노성행누통우종계언존없합장러떠무경생해상육느원포들치야연비예게평결단일요관력형차별실라당것화초시격록필발증재활중완주죄함른질표문엄만명반준개민체따목배혼세류양였터강본념학내식태타산규독근될소현직업천심래항속약영토피견족출향립안매추변범작운박집참접택술분망면남협편각후휴년월오마했음금군물용김최미방품불외청급건북",
            Script.Signs, 0.75, c => c is >= '가' and <= '힣' ? (float)Math.Log(0.2 / 2_000) : c is >= '一' and <= '\u9FFF' ? -13 : Wide(c)),
    ];

    /// <summary>Japanese.</summary>
    public static readonly Alphabet[] Japanese =
    [
        new(
            "のるにすをはなてとがれしさいりこもきでけらかたよくっうまあんだつどそせろめばわおみえじちびへべむほやひずねぎげごぬふぶぼ、。ーンスルトアイリクラシドロレコタジカプフメテマニサバチナグオパキセムデビブウダケハソポワネボノゲャュョッペベミツモエ",
            Script.Signs, 0.65, c => Sign(c, DailyJapanese) ?? (c is >= '\u3040' and <= '\u30FF' ? -7 : Wide(c))),
    ];

    private static IEnumerable<Alphabet> Latin(params string[] languages) => languages.Select(letters => new Alphabet(letters, Script.Latin));

    private static IEnumerable<Alphabet> Other(params string[] languages) => languages.Select(letters => new Alphabet(letters, Script.Other));

    private static string Characters(int page, byte first, byte last) =>
        string.Concat(Enumerable.Range(first, last - first + 1).SelectMany(lead => Enumerable.Range(0x40, 0xBF).Select(second => Charsets.ByPage(page).GetString([(byte)lead, (byte)second])))).Replace("\uFFFD", "", StringComparison.Ordinal);

    private static float? Sign(char c, HashSet<char> daily) => c is < '一' or > '\u9FFF' ? null : daily.Contains(c) ? -9.5f : -12;

    // Punctuation, digits and letters as wide as the signs.
    private static float Wide(char c) => c is (>= '\u3000' and <= '\u3011') or '，' or '！' or '？' or '：' or '；' or '（' or '）' or '・' or '％' ? -4.5f : c is >= '\uFF00' and <= '\uFF5E' ? -7 : c is >= '\uFF61' and <= '\uFF9F' ? -9 : -12;
}
