using System.Text.RegularExpressions;
using NewsWatch.Core.Text;
using static NewsWatch.Core.Articles.PhraseList;

namespace NewsWatch.Core.Articles;

/// <summary>
/// What newsrooms write around their articles, in the languages of the feeds: recognised by the beginning of a paragraph, and only of short ones. The phrases are in Words/LANGUAGE.txt, each in
/// the section that names its use; a section "within" holds those that count wherever they stand in the paragraph.
/// </summary>
internal static partial class BoilerplatePhrases
{
    private static readonly Regex End = Beginning($@"(\d+\s+)?({Any("end")})\s*\(?\d*\)?\s*[:：.!?…»>]*$");
    private static readonly Regex Comments = Beginning($@"({Any("comments")})\W*\d*\W*$");
    private static readonly Regex About = Beginning($@"({Any("about")}) \p{{Lu}}[^.!?]*:?$", RegexOptions.None);
    private static readonly Regex Byline = Beginning($@"({Any("byline")})\s*:? \p{{Lu}}[\p{{L}}.'’-]+( (\p{{Lu}}[\p{{L}}.'’-]*|de|von|van|der|den|und|and|et|y)){{1,8}}(,.*)?$", RegexOptions.None);
    private static readonly Regex Pointer = Beginning($@"\W{{0,20}}({Any("pointer")})");
    private static readonly Regex Invitation = Beginning($@"\W{{0,20}}({Any("invitation")})");
    private static readonly PhraseFinder InvitationWithin = new(Any("invitation within"));
    private static readonly Regex Note = Beginning($@"\W{{0,20}}({Any("note")})");
    private static readonly PhraseFinder NoteWithin = new(Any("note within"));
    private static readonly Regex Wall = Beginning($@"\W{{0,20}}({Any("wall")})");
    private static readonly PhraseFinder WallWithin = new(Any("wall within"));
    private static readonly Regex Credit = Beginning($@"\W{{0,20}}({Any("credit")})\b ?([:：/©]|by\b|von\b|credit|courtesy)");
    private static readonly PhraseFinder CreditWithin = new($@"({Any("credit within")})[^.!?]{{0,80}}[.)]?$|撮影[)）]?$");
    private static readonly PhraseFinder Live = new(Any("live"));
    private static readonly Regex EntryTime = Beginning($@"(\d{{1,2}}[:.h]\d{{2}}(\s*[ap]\.?m\.?)?|{Any("ago")})[\s,|–-]*(\d{{1,2}}[:.]\d{{2}})?[^.!?]*$");

    /// <summary>Everything after such a line leads elsewhere: "Related articles", "0 comments".</summary>
    public static bool EndsArticle(string text) => text.Length <= 60 && End.IsMatch(text);

    /// <summary>The heading over what readers say: "12 comments", "Leave a reply".</summary>
    public static bool StartsComments(string text) => text.Length <= 160 && Comments.IsMatch(text);

    /// <summary>A press release's note on its sender: "About Example Ltd".</summary>
    public static bool IsAbout(string text) => text.Length <= 60 && About.IsMatch(text);

    /// <summary>"By Ann Writer", "Von Anna Autorin": a byline and nothing else.</summary>
    public static bool IsByline(string text) => text.Length <= 70 && Byline.IsMatch(text);

    /// <summary>A link to another article, or an invitation: "Read more: ...", "Sign up for our newsletter".</summary>
    public static bool IsPointer(string text) => (text.Length <= 220 && Pointer.IsMatch(text)) || (text.Length <= 400 && (Invitation.IsMatch(text) || InvitationWithin.IsIn(text)));

    /// <summary>The line above each entry of a live blog: "10:05", "2 hours ago", "21:00 Ann Writer", "19:11 KEY EVENT"; not "10:05 – Locks reopen", which is the entry's headline.</summary>
    public static bool IsEntryTime(string text) => text.Length <= 50 && EntryTime.IsMatch(text) && !TimedHeadline().IsMatch(text);

    /// <summary>A time of day and no date: "10:05", "10.05 am: Locks reopen".</summary>
    public static bool BeginsWithClock(string text) => text.Length <= 160 && ClockFirst().IsMatch(text);

    /// <summary>The title of a page that is written while the thing happens: "Locks live: third ship passes", "Liveticker zur Flut".</summary>
    public static bool TellsLive(string title) => title.Length <= 300 && Live.IsIn(title);

    /// <summary>A label in capitals before a link: "ALSO READ | Locks reopen".</summary>
    public static bool IsLabelled(string text) => text.Length <= 220 && Label().IsMatch(text);

    /// <summary>Notes under an article: who wrote it, whose it is, how to reach them.</summary>
    public static bool IsNote(string text) => text.Length <= 500 && (Note.IsMatch(text) || NoteWithin.IsIn(text));

    /// <summary>What a house says to those who have not paid or registered.</summary>
    public static bool IsWall(string text) => text.Length <= 220 && (Wall.IsMatch(text) || WallWithin.IsIn(text));

    /// <summary>A photo's caption or credit.</summary>
    public static bool IsCredit(string text) => text.Length <= 250 && (Credit.IsMatch(text) || CreditWithin.IsIn(text));

    private static Regex Beginning(string expression, RegexOptions options = RegexOptions.IgnoreCase) => RegexLimit.OfPhrases("^" + expression, options);

    [GeneratedRegex(@"^\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|uhr|h|klo|hrs))?(?:$|\s*[:–—|-]|\s+\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex ClockFirst();

    [GeneratedRegex(@"^\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|uhr|h|klo|hrs))?\s*[:–—|-]\s*\p{L}[^\s]*\s+\p{L}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex TimedHeadline();

    [GeneratedRegex(@"^\p{Lu}{2,}[\p{Lu}\s!?]{2,40}[|:–-] \S", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Label();
}
