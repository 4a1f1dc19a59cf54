using System.Numerics;
using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>Sums over rows of numbers.</summary>
internal static class Vectors
{
    /// <summary>The inner product of two rows of one length.</summary>
    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < ones.Length; i++)
        {
            sums += ones[i] * others[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = ones.Length * Vector<float>.Count; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    /// <summary>Adds a row, times a weight, to another.</summary>
    public static void Add(Span<float> sum, ReadOnlySpan<float> row, float weight)
    {
        for (var i = 0; i < row.Length; i++)
        {
            sum[i] += weight * row[i];
        }
    }

    /// <summary>Brings a row to the length one; a row of zeros stays.</summary>
    public static void Normalise(Span<float> row)
    {
        var length = MathF.Sqrt(Dot(row, row));
        for (var i = 0; length > 0 && i < row.Length; i++)
        {
            row[i] /= length;
        }
    }
}
