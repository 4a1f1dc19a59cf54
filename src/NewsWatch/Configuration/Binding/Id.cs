namespace NewsWatch.Configuration.Binding;

/// <summary>Ids of sources, rules, subscribers and so on.</summary>
internal static class Id
{
    private const int MaxLength = 64;

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && id[0] != '-' && id.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}
