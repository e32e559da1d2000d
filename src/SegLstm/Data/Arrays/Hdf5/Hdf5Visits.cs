namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>
/// Keeps a walk through structures finite: none is entered twice, and together they are no larger than the file, as structures
/// that do not overlap never are.
/// </summary>
internal sealed class Hdf5Visits(FileBytes file)
{
    private readonly HashSet<long> _seen = [];
    private long _left = file.Length;

    /// <summary>Notes a structure before it is read.</summary>
    /// <exception cref="ArrayFileException">It was entered before, or there is too much.</exception>
    internal void Enter(long at, long bytes, string what)
    {
        if (!_seen.Add(at)) throw ArrayFileException.Damaged($"{what} at byte {at:N0} comes back to itself.");
        if (bytes < 0 || bytes > _left) throw ArrayFileException.Damaged($"{what} at byte {at:N0} is larger than the file.");
        _left -= bytes;
    }
}
