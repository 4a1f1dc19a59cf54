using System.Text.RegularExpressions;

namespace NewsWatch.Core.Articles.Body;

/// <summary>What newsrooms write around their articles, in the languages of the feeds: told by how a paragraph begins, and only for short ones.</summary>
internal static partial class Phrases
{
    /// <summary>Everything after such a line leads elsewhere: "Related articles", "0 comments".</summary>
    public static bool EndsArticle(string text) => text.Length <= 60 && End().IsMatch(text);

    /// <summary>The heading over what readers say: "12 comments", "Leave a reply".</summary>
    public static bool StartsComments(string text) => text.Length <= 160 && Comments().IsMatch(text);

    /// <summary>A press release's note on its sender: "About Example Ltd".</summary>
    public static bool IsAbout(string text) => text.Length <= 60 && About().IsMatch(text);

    /// <summary>"By Ann Writer", "Von Anna Autorin": a byline and nothing else.</summary>
    public static bool IsByline(string text) => text.Length <= 70 && Byline().IsMatch(text);

    /// <summary>A link to another article, or an invitation: "Read more: ...", "Sign up for our newsletter".</summary>
    public static bool IsPointer(string text) => (text.Length <= 220 && Pointer().IsMatch(text)) || (text.Length <= 400 && Invitation().IsMatch(text));

    /// <summary>Stands over each entry of a live blog: "10:05", "2 hours ago", "21:00 Ann Writer", "19:11 KEY EVENT"; not "10:05 – Locks reopen", which is the entry's headline.</summary>
    public static bool IsEntryTime(string text) => text.Length <= 50 && EntryTime().IsMatch(text) && !TimedHeadline().IsMatch(text);

    /// <summary>A time of day and no date: "10:05", "10.05 am: Locks reopen".</summary>
    public static bool BeginsWithClock(string text) => text.Length <= 160 && ClockFirst().IsMatch(text);

    /// <summary>A label in capitals before a link: "ALSO READ | Locks reopen".</summary>
    public static bool IsLabelled(string text) => text.Length <= 220 && Label().IsMatch(text);

    /// <summary>A press release's last words; footnotes and a portrait of the sender follow.</summary>
    public static bool IsContact(string text) => text.Length <= 250 && Contact().IsMatch(text);

    /// <summary>Notes under an article: who wrote it, whose it is, how to reach them.</summary>
    public static bool IsNote(string text) => text.Length <= 500 && Note().IsMatch(text);

    /// <summary>What a house says to those who have not paid or registered.</summary>
    public static bool IsWall(string text) => text.Length <= 220 && Wall().IsMatch(text);

    /// <summary>A photo's caption or credit.</summary>
    public static bool IsCredit(string text) => text.Length <= 250 && Credit().IsMatch(text);

    [GeneratedRegex(@"^(?:\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2} ?(?:h|hrs?|hours?|m|mins?|minutes?|secs?|seconds?|days?) ago|vor \d{1,2} (?:stunden?|minuten?)|il y a \d{1,2} (?:heures?|minutes?)|hace \d{1,2} (?:horas?|minutos?))[\s,|–-]*(?:\d{1,2}[:.]\d{2})?[^.!?]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EntryTime();

    [GeneratedRegex(@"^\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|uhr|h|klo|hrs))?(?:$|\s*[:–—|-]|\s+\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ClockFirst();

    [GeneratedRegex(@"^\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|uhr|h|klo|hrs))?\s*[:–—|-]\s*\p{L}[^\s]*\s+\p{L}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TimedHeadline();

    [GeneratedRegex(@"^\p{Lu}{2,}[\p{Lu}\s!?]{2,40}[|:–-] \S", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:for (?:more|further|additional) information|media contacts?|press contacts?|investor relations|pressekontakt|contacts? presse)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Contact();

    [GeneratedRegex(@"^(?:\d+\s+|all |reader |view )?(?:comments?(?: \(\d+\)| on .*)?|(?:responses?|replies|thoughts)(?: (?:to|on) .*)|leave a (?:reply|comment).*|join the (?:conversation|discussion).*|discussion|(?:leser)?kommentare?|commentaires?|comentarios?|coment[áa]rios?|commenti|reacties|kommentarer|komentarze|комментарии|コメント|댓글)\W*\d*\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^(?:About|Über|À propos d[e’'u]|Acerca de|Sobre|Over) \p{Lu}[^.!?]*:?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex About();

    [GeneratedRegex(@"^(?:By|BY|by|Von|von|VON|Par|Por|Di|Door|Av|Af)\s*:? \p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|von|van|der|den|und|and|et|y)){1,8}(?:,.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Byline();

    [GeneratedRegex(@"^(?:\d+\s+)?(?:related(?: (?:articles?|stories|posts?|news|content|links|topics?|coverage|items?))?|read (?:more|next|also)(?: (?:about|on|from)\b.*)?|more (?:from|on|stories|news|about|in)\b.*|see also|you (?:may|might) (?:also )?(?:like|be interested in).*|recommended(?: for you| stories| articles)?|trending(?: now)?|most (?:read|popular|viewed)(?: today| now| stories)?|latest (?:news|stories|articles|from)\b.*|comments?|leave a (?:reply|comment)|join the (?:conversation|discussion)|share this(?: (?:article|story|post|page))?|about the authors?|tags|topics|sources?|quellen|fuentes|fonti|references|filed under.*|editors['’]? picks?|popular (?:posts|stories|news)|what to read next|up next|next (?:article|story)|previous (?:article|story)|further reading|sign up.*|newsletter|auch interessant|das könnte (?:sie|dich|euch) (?:auch )?interessieren.*|mehr (?:zum thema|zu|aus|von|über|artikel)\b.*|weitere (?:artikel|themen|nachrichten|meldungen)\b.*|lesen sie (?:auch|mehr).*|meistgelesen.*|kommentare?|schlagworte|themen(?: des artikels)?|verwandte (?:themen|artikel).*|dieses thema im programm.*|sur le même sujet|à lire aussi.*|lire aussi.*|plus d['’]articles.*|articles? (?:liés|similaires|associés).*|commentaires?|les plus lus|voir aussi|noticias relacionadas|te puede interesar.*|también te puede interesar.*|más (?:noticias|información|sobre)\b.*|comentarios?|lo más leído|temas relacionados|leggi anche.*|articoli correlati|potrebbe interessarti.*|ti potrebbe interessare.*|commenti|leia (?:também|mais).*|notícias relacionadas|veja também.*|lees (?:ook|meer).*|meer over.*|reacties|les også.*|läs (?:också|mer|även).*|læs også.*|czytaj (?:też|także).*|mohlo by vás zajímat.*|čtěte také.*|související.*|diskuse|関連記事|関連(?:ニュース|キーワード|エントリー?|リンク)?|おすすめ(?:情報|記事)?|コメント|人気記事|関連トピックス.*|あわせて読みたい.*|관련\s*(?:기사|뉴스)|댓글.*|많이 본 뉴스|相关(?:新闻|阅读|文章)|相關新聞|延伸閱讀|読まれています|читайте также.*|похожие.*|комментарии|ilgili (?:haberler|konular).*)\s*\(?\d*\)?\s*[:：.!?…»>]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex End();

    [GeneratedRegex(@"^\W*(?:(?:read|see|watch|listen|view) (?:more|also|next|now|the full|our|this)\b|also read\b|related\s*[:|]|related (?:story|article|video|coverage|content)\b|more\s*[:|]|more on this|must[- ]read\W*(?:$|[:|])|don['’]t miss\b|click here (?:to|for)\b|(?:table of contents|contents|inhaltsverzeichnis|sommaire|índice)\W*$|recommended (?:for|reading|stories|articles|posts|videos)|recommended\s*(?:$|[:|])|(?:advertisement|advertising|sponsored|anzeige|werbung|publicité|publicidad|publicidade|annons|annonse|reklama|реклама)\W*$|advertisement [-–|]|sponsored (?:by|content|post|links?)|continue reading\b|article continues\b|story continues\b|scroll (?:down|to continue)\b|skip (?:to|past)\b|in case you missed it|lesen sie (?:auch|mehr|hier|dazu)|lies (?:auch|mehr)|les(?:t|en sie) den original|read the original|lire l[’']original|mehr (?:zum thema|dazu)|auch interessant|weiterlesen\W*(?:$|[:|])|à lire (?:aussi|également|ensuite)|à lire\W*[:|]|lire (?:aussi|la suite|également)|voir aussi|lea (?:también|además)|lee también|leer más|te puede interesar|también te puede|leggi anche|leggi pure|leia (?:também|mais)|veja também|lees (?:ook|meer|verder)|les også|läs (?:också|mer|även)|læs også|czytaj (?:też|także|więcej|dalej)|zobacz (?:też|także)|čtěte také|přečtěte si|читайте также|広告|관련기사|▶|►)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"^\W*(?:(?:sign|signing) up (?:for|to|here|now)|subscribe (?:to|now|here|for)|get (?:the latest|our|more|breaking|updates|all the)\b.*(?:inbox|newsletter|app|updates|delivered|email)|follow (?:us|our|@|along (?:on|with us))|follow the (?:latest|live|story|topics?|author)|follow \w+ on |follow .{0,60} on (?:twitter|facebook|instagram|x\b|linkedin)|like us on|join (?:us|our)\b.*(?:whatsapp|telegram|community|channel|newsletter)|download (?:the|our)\b.*app|listen (?:to|live)\b.*(?:podcast|live)|watch live|let our news meet|check out (?:more|our)|want (?:more|to get)|have a (?:tip|story|news tip)|do you have a (?:tip|story)|got a (?:tip|story)|for more (?:stories|news)|stay (?:up to date|informed|updated|tuned)\b.{0,60}$|register (?:for|now|to)|log ?in (?:to|or|with|here|now)|log ?in\W*$|please (?:log ?in|sign in|refresh|enable|try again)|thank you for (?:registering|subscribing|signing up)|create an account|support (?:our|independent) (?:journalism|news|reporting|work|newsroom|reporters|mission)|donate (?:now|today|here|to (?:us|our))|donate\W*$|become a (?:member|subscriber)|abonnieren sie|abonniere|jetzt (?:abonnieren|anmelden|weiterlesen\W*(?:$|[:|])|testen|registrieren)|melden sie sich|newsletter|folgen sie|folge? uns|folgst du|abonnez-vous|inscrivez-vous|recevez (?:nos|notre|les?|la|toute)\b|suivez(?:-nous| nous| notre| nos| l[’']actualité| toute)\b|suscríb|regístrate|síguenos|sigue (?:toda|todas|nuestr|a |en (?:directo|vivo|twitter|facebook|instagram))\w*\b|iscriviti|seguici|abbonati|assine|inscreva|siga (?:o|a|nosso|nossa|no|na|nos) |volg ons|meld je aan|schrijf je in|följ|følg|zapisz się|śledź|sledujte|подпис)|無断転載|転載・複製|\b(?:our|free|täglichen?|unseren?|kostenlosen?) (?:\w+ )?newsletters?\b|\b(?:our|unser(?:e[mnr]?)?|nuestro|notre|nosso) (?:\w+ )?(?:whatsapp|telegram)[- ]?(?:kanal|channel|canal)|(?:^|[.!?:] |und |and |dan |y |et )(?:abonnier|follow|join|folg|ikuti|únete|suscr|rejoign|sígu|subscri|iscriv)\p{L}*\b.{0,60}\b(?:whatsapp|telegram)[- ]?(?:kanal|channel|canal)|\b(?:you can|to|please|click here to|readers can) sign up (?:for (?:our|the|free|a)|here)\b|\b(?:our|unsere[rn]?) (?:\w+ )?news-?app\b|\bvia e-?mail (?:abonnieren|erhalten)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Invitation();

    [GeneratedRegex(@"^\W*(?:(?:additional |with )?(?:reporting|writing|editing|compiled|edited|written|translation|translated|words|photos?|photography|graphics?|production) (?:by|from|for)\b|reporting\b.{0,80}\bediting\b|this (?:article|story|post|report|piece) (?:was|is|has been|first|originally|appeared|contains)|(?:a version of )?this (?:article|story) (?:appeared|appears)|originally published|(?:©|\(c\)|copyright\b|all rights reserved)|the associated press (?:contributed|reported|is)\b|associated press (?:writers?|reporters?)|citation ?:|this document is subject to copyright|source ?:|sources ?:|via ?:|e-?mail (?:us|him|her)\b|e-?mail the (?:author|reporter|writer|editor)|contact (?:us|him|her)\b|contact the (?:author|reporter|writer|editor)|(?:he|she|they) can be reached|(?:you can )?(?:reach|contact|email|follow) \w+ (?:\w+ )?(?:at|on)\b|note ?:|editor['’]?s? note|correction ?:|disclaimer|disclosure|photo ?:|image ?:|picture ?:|tags ?:|filed under|topics ?:|categories ?:|published (?:in|on|at|by|\p{L}{3,9}\.?,? ?\p{L}* \d)|last (?:updated|modified)|updated (?:on|at)|first published|quellen? ?:|sendung ?:|mit (?:material|informationen|agenturmaterial) (?:von|der)|mit (?:dpa|afp|reuters|ap|epd|kna)\b|\(?(?:dpa|afp|reuters|ap|sid|apa|epd|kna|ansa|efe|anp|belga|ntb|tt|ritzau|čtk|pap|dts|sda)(?:[/, -]+\w{1,12}){0,3}\)?$|redaktion ?:|stand ?:|avec (?:afp|reuters|agences?)|con (?:información|agencias)|fuente ?:|fonte ?:|riproduzione riservata|źródło ?:|zdroj ?:|bron ?:|kilde ?:|källa ?:|제보|무단\s*전재|저작권자|ⓒ|【|\[사진|\[email|기사제보)|^(?:\p{Lu}[\p{L}.'’-]+ ){1,4}is (?:a|an|the|currently)(?: [\w'’-]+){0,6} (?:staff writer|senior writer|freelance (?:writer|journalist)|reporter|correspondent|editor|columnist|contributor|journalist|deal curator|(?:news|senior|executive|digital|segment|video) producer|writer)\b(?: (?:at|for|with|in|on|who|based|covering|and)\b|\W*(?:$|[.,;]))|(?:^|[.!?] )(?:(?:you can )?(?:follow|reach|contact|e-?mail) (?:him|her|them|me) (?:on|at|via|by|here)\b)|무단\s*전재|all rights reserved|we may earn (?:a|an)|earn a commission|affiliate links?\b|maschinell(?:e|en)? übersetz", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Note();

    [GeneratedRegex(@"^\W*(?:(?:register|sign (?:in|up)|log ?in|subscribe)\b.{0,40}\b(?:to (?:unlock|continue|read|access|view)|for full access)|(?:this|the rest of this) (?:article|story|content) is (?:only |exclusively |exclusive )?(?:for|to|available to|reserved for) (?:our |[\w+]{1,12} )?(?:subscribers|members|registered)|unlock this (?:article|story)|to (?:read|view|continue reading) (?:the rest of )?this (?:article|story)\b.{0,40}\b(?:subscribe|log in|sign in|register)|(?:already|not yet) (?:a|have an?) (?:subscriber|member|account)|you(?:['’]ve| have) (?:reached|read|used) (?:your|all|the)\b.{0,40}\barticles?|(?:start|get) your free trial|unlimited access|il (?:vous )?reste .{0,12}% (?:de cet article|à lire)|(?:la suite|cet article|ce contenu) est réservée? aux abonnés|(?:article|contenu) réservé aux abonnés|(?:nur|exklusiv) für (?:abonnenten|abonnentinnen|mitglieder|plus-)|(?:dieser|diesen) (?:artikel|inhalt|beitrag) (?:ist|gibt es) (?:nur|exklusiv)|weiterlesen mit|jetzt weiterlesen|(?:contenido|artículo) (?:exclusivo|solo) para suscriptores|(?:contenuto|articolo) (?:riservato|esclusivo) (?:agli|per gli) abbonati|(?:conteúdo|matéria) exclusiv[oa] para assinantes|(?:dit artikel is|alleen) (?:exclusief )?voor abonnees|(?:この|本)(?:記事|コンテンツ)は.{0,12}(?:会員|有料)|(?:有料)?会員(?:限定|登録|向け)|残り\s*\d+\s*文字|本文仅限|(?:仅|僅)限(?:会员|會員|订阅|訂閱)|(?:회원|구독자) 전용)|(?:無料|有料)?会員登録|réservée? aux abonnés\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Wall();

    [GeneratedRegex(@"^\W*(?:photo|photograph|image|picture|foto|bild|imagen|crédito|credit|photo credit|file photo|photo by|image credit|写真|사진)\b ?(?:[:：/©]|by\b|von\b|credit|courtesy)|(?:getty images|shutterstock|imago|picture alliance|ap photo|istock|alamy|rex/|afp via|reuters/|/reuters|via reuters|/afp|/epa|epa-efe|dpa[-/]picture|unsplash|pixabay|photo:|\(image:|foto:|bild:|©)[^.!?]{0,80}[.)]?$|撮影[)）]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Credit();
}
