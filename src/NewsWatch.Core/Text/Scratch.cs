using System.Buffers;

namespace NewsWatch.Core.Text;

/// <summary>
/// Arrays for the length of one call. The runtime's shared pool keeps every array that it gets back for ten seconds and more, also when memory is short. So only
/// small ones go there: a huge document leaves nothing behind when it was read.
/// </summary>
public static class Scratch
{
    private const int MaxShared = 64 * 1024;

    /// <summary>Returns an array of at least this length; its content is undefined.</summary>
    public static T[] Rent<T>(int length) => length <= MaxShared ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);

    /// <summary>Gives an array back; the caller uses it no more.</summary>
    public static void Return<T>(T[] array)
    {
        if (array.Length <= MaxShared)
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }
}
