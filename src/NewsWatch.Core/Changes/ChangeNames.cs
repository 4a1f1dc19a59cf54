namespace NewsWatch.Core.Changes;

/// <summary>The classes of changes in a reader's words.</summary>
public static class ChangeNames
{
    /// <summary>One or two words: "number", "sentence removed".</summary>
    public static string Of(ChangeClass change) => change switch
    {
        ChangeClass.None => "page furniture",
        ChangeClass.Paywall => "no version",
        ChangeClass.Style => "wording",
        ChangeClass.Headline => "headline reworded",
        ChangeClass.Quote => "quote",
        ChangeClass.Live => "live entry",
        ChangeClass.FactAdded => "sentence added",
        ChangeClass.FactRemoved => "sentence removed",
        ChangeClass.Name => "name",
        ChangeClass.Date => "date",
        ChangeClass.Number => "number",
        ChangeClass.Negation => "negation",
        ChangeClass.Correction => "correction note",
        ChangeClass.Withdrawn => "withdrawal notice",
        _ => "page gone",
    };
}
