using System.Runtime.CompilerServices;
using CsCheck;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>
/// Broken inputs by the thousand for whatever reads strangers' bytes; a longer run is the bench's verb <c>fuzz</c>. What was found once is kept in
/// <c>Found/TARGET-*</c> and read again here.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>Where found inputs are kept.</summary>
    internal static readonly string Found = Path.Combine(Folder(), "Found");

    public static TheoryData<string> Kept() => [.. Directory.Exists(Found) ? Directory.GetFiles(Found).Select(file => Path.GetFileName(file)) : []];

    [Theory]
    [InlineData("feed", 1_500)]
    [InlineData("date", 3_000)]
    [InlineData("page", 400)]
    [InlineData("rule", 3_000)]
    [InlineData("configuration", 600)]
    public void Nothing_that_strangers_send_is_thrown_back(string target, int inputs)
    {
        var (good, read) = FuzzTargets.All[target];
        Assert.All(good, input => read(input));

        Gen.Int.Sample(number => read(Mutator.Input(good, number)), iter: inputs);
    }

    [Fact]
    public async Task No_token_but_the_good_one_is_taken()
    {
        await using var database = new TestDatabase();
        var (good, read) = await FuzzTargets.TokensAsync(database);

        Gen.Int.Sample(number => read(Mutator.Input(good, number)), iter: 3_000);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_was_found_once_is_read_now(string file) => FuzzTargets.All[file.Split('-')[0]].Read(File.ReadAllBytes(Path.Combine(Found, file)));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
