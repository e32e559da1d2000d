using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Memory that will be read or written soon, asked for a little at a time while products are computed: all at once, the
/// processor would wait.</summary>
internal sealed unsafe class UpcomingRows<T>
    where T : unmanaged
{
    // About as many as the first cache can have under way.
    private const int LinesAtOnce = 16;
    private const int Line = 64;

    private readonly (nint Start, nint Step, int Width)[] matrices = new (nint, nint, int)[9];
    private int count;
    private int next;
    private int rows;
    private int atOnce;

    /// <summary>Forgets what was to come.</summary>
    /// <param name="newRows">Rows of each matrix that will be added.</param>
    public void Begin(int newRows) => (count, next, rows, atOnce) = (0, 0, newRows, 1);

    /// <summary>Adds a matrix.</summary>
    /// <param name="start">Its first element; any address is allowed.</param>
    /// <param name="step">Elements from row to row.</param>
    /// <param name="width">Elements of a row.</param>
    public void Add(T* start, nint step, int width)
    {
        matrices[count++] = ((nint)start, step, width);
        var lines = 0;
        for (var n = 0; n < count; n++)
        {
            lines += ((matrices[n].Width * sizeof(T)) + Line - 1) / Line;
        }

        atOnce = Math.Max(1, LinesAtOnce / lines);
    }

    /// <summary>Asks for the next row of each matrix, or a few where they are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Ask()
    {
        for (var end = Math.Min(next + atOnce, rows); next < end; next++)
        {
            for (var n = 0; n < count; n++)
            {
                var (start, step, width) = matrices[n];
                Prefetching.Ask((T*)start + (next * step), width);
            }
        }
    }
}
