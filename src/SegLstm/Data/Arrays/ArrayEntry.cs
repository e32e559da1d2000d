using SegLstm.Checkpoints;

namespace SegLstm.Data.Arrays;

/// <summary>One variable of a file.</summary>
/// <param name="Name">Its name; of HDF5 its path without the first slash, such as <c>scene/cube</c>.</param>
/// <param name="Shape">Its sizes, as MATLAB or h5py show them: rows first.</param>
/// <param name="Type">How its numbers are stored; null where it is no array of real numbers.</param>
/// <param name="Kind">In words: <c>uint16</c>, <c>cell array</c>, <c>text</c> …</param>
public sealed record ArrayEntry(string Name, IReadOnlyList<int> Shape, ElementType? Type, string Kind)
{
    /// <summary>Whether it can be read.</summary>
    public bool IsNumeric => Type is not null;

    /// <summary>Where the file has it; the format knows what that means.</summary>
    internal long Place { get; init; }

    /// <summary>Number of elements. Formats refuse shapes of more than 2^62.</summary>
    internal long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>For messages: <c>paviaU (610x340x103 uint16)</c>.</summary>
    public override string ToString() =>
        $"{Printable.Of(Name, 60)} ({(Shape.Count == 0 ? "" : string.Join('x', Shape) + " ")}{Kind})";

    /// <summary>The shape's number of elements, or null where it would not fit a long.</summary>
    internal static long? CountOf(IEnumerable<long> shape)
    {
        long product = 1;
        foreach (long size in shape)
        {
            if (size < 0 || size > int.MaxValue || (size > 0 && product > (1L << 62) / size)) return null;
            product *= size;
        }

        return product;
    }
}
