namespace NewsWatch.Tests.Hostile;

/// <summary>
/// No stranger can make much work of little text: what every reader allocates grows with the text, not with its square. Allocated bytes are the same on every machine,
/// however busy it is; the bench verb <c>readers</c> measures CPU on the same table.
/// </summary>
public sealed class StrangersReadersTests
{
    private const int Length = 6_000;
    private const int Longer = 4;

    // What does not depend on the text (tables, pools, regular expressions built while they run), and what the parser of pages allocates for elements that nest up to its limit.
    private const long Constant = 30_000_000;

    public static TheoryData<string> Readers => [.. StrangersReader.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Work_on_hostile_text_grows_no_faster_than_the_text(string reader)
    {
        var measured = StrangersReader.All.Single(one => one.Name == reader);
        foreach (var (name, build) in measured.Hostile)
        {
            var (once, longer) = (Allocated(measured, build(Length)), Allocated(measured, build(Length * Longer)));
            Assert.True(longer <= (once * Longer * 2) + Constant, $"{name}: {once:N0} bytes for {Length:N0} characters, {longer:N0} for {Longer} times as many");
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_usual_text_is_read_too(string reader)
    {
        var measured = StrangersReader.All.Single(one => one.Name == reader);

        measured.Prepare(measured.Normal(Length))();
    }

    private static long Allocated(StrangersReader reader, string text)
    {
        var read = reader.Prepare(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
