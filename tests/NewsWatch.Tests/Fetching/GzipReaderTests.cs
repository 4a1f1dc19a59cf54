using System.IO.Compression;
using System.Text;
using NewsWatch.Fetching;

namespace NewsWatch.Tests.Fetching;

/// <summary>gzip of one or more members: each is checked, and what is no member is left out with a warning.</summary>
public sealed class GzipReaderTests
{
    private const int Limit = 1024 * 1024;
    private static readonly byte[] Hello = Member("hello, ");
    private static readonly byte[] World = Member("world");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public async Task Members_are_read_one_after_the_other(int count)
    {
        var members = Enumerable.Range(0, count).Select(number => $"part {number};").ToList();

        Assert.Equal((string.Concat(members), null), await ReadTextAsync([.. members.SelectMany(Member)]));
    }

    [Fact]
    public async Task Members_without_content_are_read() => Assert.Equal(("hello, world", null), await ReadTextAsync([.. Member(""), .. Hello, .. Member(""), .. Member(""), .. World, .. Member("")]));

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    public async Task Zeros_behind_the_last_member_are_left_out_with_a_warning(int count) =>
        Assert.Equal(("hello, world", $"{count} bytes after the end of the compressed data were ignored"), await ReadTextAsync([.. Hello, .. World, .. new byte[count]]));

    [Fact]
    public async Task Text_behind_the_last_member_is_left_out_with_a_warning() =>
        Assert.Equal(("world", "14 bytes after the end of the compressed data were ignored"), await ReadTextAsync([.. World, .. "<!-- cached -->"u8[1..]]));

    [Theory]
    [InlineData(0x1F)]
    [InlineData(0x02)]
    [InlineData(0x04)]
    [InlineData(0x08)]
    [InlineData(0x10)]
    public async Task Every_part_that_a_header_may_have_is_passed_over(int flags)
    {
        byte[] extra = (flags & 4) != 0 ? [3, 0, 1, 2, 3] : [];
        byte[] name = (flags & 8) != 0 ? [.. "feed.xml\0"u8] : [];
        byte[] comment = (flags & 16) != 0 ? [.. "made at night\0"u8] : [];
        byte[] checksum = (flags & 2) != 0 ? [7, 7] : [];

        Assert.Equal(("world", null), await ReadTextAsync([.. World[..3], (byte)flags, .. World[4..10], .. extra, .. name, .. comment, .. checksum, .. World[10..]]));
    }

    [Fact]
    public async Task A_member_that_is_cut_off_anywhere_makes_the_whole_broken()
    {
        byte[] both = [.. Hello, .. World];
        for (var length = 0; length < both.Length; length++)
        {
            // Up to two bytes of the next member are as good as rubbish behind the first one.
            if (length - Hello.Length is < 0 or > 2)
            {
                await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(both[..length], Limit));
            }
        }
    }

    [Fact]
    public async Task A_wrong_checksum_or_length_of_any_member_makes_the_whole_broken()
    {
        foreach (var place in new[] { Hello.Length - 8, Hello.Length - 1, Hello.Length + World.Length - 5, Hello.Length + World.Length - 1 })
        {
            byte[] both = [.. Hello, .. World];
            both[place] ^= 1;
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(both, Limit));
        }
    }

    [Fact]
    public async Task The_limit_holds_for_all_members_together()
    {
        var members = Enumerable.Repeat(Member(new string('a', 1_000)), 10).SelectMany(member => member).ToArray();

        Assert.IsType<BodyResult.Read>(await ReadAsync(members, 10_000));
        Assert.IsType<BodyResult.TooLarge>(await ReadAsync(members, 9_999));
    }

    [Fact]
    public async Task Members_without_end_are_refused() =>
        Assert.Equal("more than 1000 gzip members", Assert.IsType<BodyResult.Unusable>(await ReadAsync([.. Enumerable.Repeat(Member(""), 1_001).SelectMany(member => member)], Limit)).Reason);

    private static async Task<(string Text, string? Warning)> ReadTextAsync(byte[] body)
    {
        var read = Assert.IsType<BodyResult.Read>(await ReadAsync(body, Limit));
        return (Encoding.UTF8.GetString(read.Bytes), read.Warning);
    }

    private static async Task<BodyResult> ReadAsync(byte[] body, int limit)
    {
        using var memory = new MemoryBudget(1024 * 1024 * 1024).Open();
        return await GzipReader.ReadAsync(body, new GrowingBytes(limit, memory.Received), CancellationToken.None);
    }

    private static byte[] Member(string text)
    {
        using var result = new MemoryStream();
        using (var stream = new GZipStream(result, CompressionLevel.Fastest))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        // The framework writes nothing at all for no content.
        return result.ToArray() is { Length: > 0 } member ? member : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, .. new byte[8]];
    }
}
