namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>A rough estimate of the share of articles with a word: it decides only which term of a rule is looked for first, never whether the rule matches.</summary>
internal static class WordFrequency
{
    private static readonly HashSet<string> Common =
    [
        .. ("a about after again against all also although always among an and another any are around as asked at away back be became because been before began being best better between big both but by "
        + "called came can city come could country day days did do does down during each early end even ever every few first five for found four from full get give go going good got government great group had "
        + "has have he help her here high him his home house how however i if in including information into is it its just keep kind know large last later led left less life like line little local long look "
        + "lot made make man many may me men might million money month months more most much must my name national need never new news next night no not now number of off old on once one only open or order "
        + "other others our out over own part past people per place play point power president public put real really report right said same saw say says second see set several she should show side since "
        + "small so some something state states still such system take than that the their them then there these they thing things think this those three through time to today told too took top two "
        + "under until up us use used very want was water way we week well went were what when where which while who why will with within without women work world would year years yet york you young your")
        .Split(' '),
    ];

    /// <summary>The guessed share of articles, 0 to 1.</summary>
    public static float Estimate(ReadOnlySpan<char> word)
    {
        if (Common.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            return 0.4f;
        }

        return word.Length switch
        {
            <= 3 => 0.06f,
            <= 5 => 0.05f,
            <= 7 => 0.04f,
            <= 9 => 0.03f,
            _ => 0.02f,
        };
    }
}
