using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Text;

public sealed class ScratchTests
{
    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_000_000, false)]
    public void Only_a_small_array_is_kept_for_the_next_call(int length, bool isKept)
    {
        var first = Scratch.Rent<char>(length);
        Scratch.Return(first);

        Assert.Equal(isKept, ReferenceEquals(first, Scratch.Rent<char>(length)));
    }
}
