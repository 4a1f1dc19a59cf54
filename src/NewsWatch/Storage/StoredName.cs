using System.Collections.Frozen;

namespace NewsWatch.Storage;

/// <summary>How enums are written into columns of their own: lower-case names, words joined by "-" (<c>first-report</c>).</summary>
internal static class StoredName
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    public static T To<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>Made once for each enum: a commit writes several names.</summary>
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All = Enum.GetValues<T>().Distinct().ToFrozenDictionary(value => value, Joined);

        private static string Joined(T value) => string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
    }
}
