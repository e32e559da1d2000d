namespace SegLstm.Checkpoints;

/// <summary>
/// Counts the memory that a file's structure takes while it is read (not its tensors, which are never more than its bytes), so
/// that a small file cannot ask for much: a start, and a byte more for each byte of structure that was read.
/// </summary>
internal sealed class MemoryBudget
{
    /// <summary>What any file may take, however small. Room for some 15,000 tensors.</summary>
    public const long Start = 46L << 20;

    private long left = Start;

    /// <summary>Adds the bytes that were read.</summary>
    public void Grant(long bytes) => left += bytes;

    /// <summary>Takes bytes for what is about to be built.</summary>
    /// <exception cref="CheckpointException">There are not so many left.</exception>
    public void Charge(long bytes)
    {
        if (bytes > left)
        {
            throw new CheckpointException(CheckpointError.TooMuchMemory,
                $"its structure, without the tensors, takes more than {Start >> 20} MiB of memory beyond its own size. No "
                    + "checkpoint needs so many parts.");
        }

        left -= bytes;
    }
}
