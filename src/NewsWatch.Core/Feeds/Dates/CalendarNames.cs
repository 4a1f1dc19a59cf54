using System.Collections.Frozen;

namespace NewsWatch.Core.Feeds.Dates;

/// <summary>Names of months and weekdays in the languages that feeds are written in, long and short.</summary>
internal static class CalendarNames
{
    // One row a month: English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic, Polish, Czech, Hungarian, Turkish, Russian, Ukrainian, Greek,
    // Romanian, Bulgarian, Arabic, Hebrew, Hindi, Finnish, Catalan.
    private static readonly string[] MonthRows =
    [
        "jan january januar jän jänner janv janvier ene enero janeiro gen gennaio januari sty styczeń stycznia leden ledna január ocak янв января січ січня ιαν ιαν ιανουαρίου ianuarie януари يناير ינואר जनवरी tammikuu tammikuuta gener בינואר",
        "feb february februar févr fév février febrero fev fevereiro febbraio februari lut luty lutego únor února február şub şubat фев февраля лют лютого φεβ φεβρουαρίου februarie февруари فبراير פברואר फरवरी फ़रवरी helmikuu helmikuuta febrer בפברואר",
        "mar march mär märz mrz mars marzo março maart mrt marec marca marzec břez března március mart март марта бер березня μάρ μαρ μάρτ μάρτιος μαρτίου martie مارس מרץ मार्च maaliskuu maaliskuuta març maret במרץ",
        "apr april avr avril abr abril aprile kwi kwiecień kwietnia dub dubna április nis nisan апр апреля квіт квітня απρ απριλίου aprilie април أبريل ابريل אפריל अप्रैल huhtikuu huhtikuuta באפריל",
        "may mai mayo maio mag maggio mei maj maja květ května május mayıs май мая трав травня μάι μαϊ μαΐ μαΐου μαίου مايو מאי मई toukokuu toukokuuta maig במאי",
        "jun june juni juin junio junho giu giugno cze czerwiec czerwca červ června június haz haziran июн июня черв червня ιούν ιουν ιον ιουνίου iunie юни يونيو יוני जून kesäkuu kesäkuuta juny ביוני",
        "jul july juli juil juillet julio julho lug luglio lip lipiec lipca července július tem temmuz июл июля лип липня ιούλ ιουλ ιολ ιουλίου iulie юли يوليو יולי जुलाई heinäkuu heinäkuuta juliol ביולי",
        "aug august août aou ago agosto augustus sie sierpień sierpnia srp srpna augusztus ağu ağustos авг августа серп серпня αύγ αυγ αυγούστου август أغسطس اغسطس אוגוסט अगस्त elokuu elokuuta agost agustus augusti באוגוסט",
        "sep sept september septembre septiembre setiembre set setembro settembre wrz wrzesień września zář září szeptember eyl eylül сен сент сентября вер вересня σεπ σεπτ σεπτεμβρίου septembrie септември سبتمبر ספטמבר सितंबर सितम्बर syyskuu syyskuuta setembre בספטמבר",
        "oct october okt oktober octobre octubre out outubro ott ottobre paź październik października říj října október eki ekim окт октября жовт жовтня οκτ οκτωβρίου octombrie октомври أكتوبر اكتوبر אוקטובר अक्टूबर अक्तूबर lokakuu lokakuuta באוקטובר",
        "nov november novembre noviembre novembro lis listopad listopada november kas kasım ноя нояб ноября лист листопада νοέ νοε νοεμ νοεμβρίου noiembrie ноември نوفمبر נובמבר नवंबर नवम्बर marraskuu marraskuuta בנובמבר",
        "dec december dez dezember déc décembre dic diciembre dezembro dicembre desember gru grudzień grudnia pros prosince ara aralık дек декабря груд грудня δεκ δεκεμβρίου decembrie декември ديسمبر דצמבר दिसंबर दिसम्बर joulukuu joulukuuta desembre בדצמבר",
    ];

    // From Sunday.
    private static readonly string[] WeekdayRows =
    [
        "sun sunday so sonntag dim dimanche dom domingo domenica zo zondag",
        "mon monday mo montag lun lundi lunes lunedì ma maandag",
        "tue tues tuesday di dienstag mardi martes martedì dinsdag",
        "wed weds wednesday mi mittwoch mer mercredi mié miércoles mercoledì wo woensdag",
        "thu thur thurs thursday do donnerstag jeu jeudi jue jueves giovedì gio donderdag",
        "fri friday fr freitag ven vendredi vie viernes venerdì vr vrijdag",
        "sat saturday sa samstag sam samedi sáb sábado sabato zaterdag",
    ];

    private static readonly FrozenDictionary<string, int> Months = Index(MonthRows, 1);

    private static readonly FrozenDictionary<string, int> Weekdays = Index(WeekdayRows, 0);

    /// <summary>1 to 12; null for no month's name.</summary>
    public static int? Month(string word) => Months.TryGetValue(word, out var month) ? month : null;

    /// <summary>The weekday; null for no weekday's name.</summary>
    public static DayOfWeek? Weekday(string word) => Weekdays.TryGetValue(word, out var day) ? (DayOfWeek)day : null;

    private static FrozenDictionary<string, int> Index(string[] rows, int first) =>
        rows.SelectMany((row, at) => row.Split(' ').Select(name => (Name: name, Number: at + first))).DistinctBy(pair => pair.Name)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Number, StringComparer.OrdinalIgnoreCase);
}
