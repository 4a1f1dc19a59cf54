namespace NewsWatch.Core.Text;

/// <summary>Words whose dot does not end a sentence, and words that begin one.</summary>
internal static class Abbreviations
{
    /// <summary>Whether a folded word is written with a dot in the middle of sentences.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => word switch
    {
        "mr" or "mrs" or "ms" or "mx" or "dr" or "prof" or "gen" or "sen" or "rep" or "gov" or "lt" or "col" or "sgt" or "capt" or "cmdr" or "adm" or "maj" => true,
        "st" or "jr" or "sr" or "rev" or "hon" or "pres" or "amb" or "msgr" or "vs" or "inc" or "corp" or "ltd" or "co" or "bros" or "dept" or "univ" => true,
        "jan" or "feb" or "mar" or "apr" or "jun" or "jul" or "aug" or "sep" or "sept" or "oct" or "nov" or "dec" => true,
        "mme" or "mlle" or "hr" or "fr" or "dipl" or "ing" or "bzw" or "ca" or "approx" or "art" or "cf" or "fig" or "vol" or "pp" or "op" => true,
        _ => false,
    };

    /// <summary>Whether a capitalised word usually begins a sentence.</summary>
    public static bool IsOpener(ReadOnlySpan<char> word) => word switch
    {
        "The" or "A" or "An" or "In" or "On" or "At" or "He" or "She" or "It" or "They" or "We" or "But" or "And" or "This" or "That" or "These" or "Those" => true,
        "If" or "When" or "While" or "After" or "Before" or "However" or "Earlier" or "Later" or "His" or "Her" or "Its" or "Their" or "There" or "For" => true,
        "As" or "With" or "By" or "From" or "Last" or "Some" or "Many" or "Both" or "Critics" or "Officials" => true,
        _ => false,
    };
}
