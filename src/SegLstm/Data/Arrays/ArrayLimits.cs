namespace SegLstm.Data.Arrays;

/// <summary>
/// What an untrusted file of arrays may ask for. Beside these limits a file never gets more memory than its own bytes can unpack
/// to: Deflate reaches 1032:1 at most.
/// </summary>
public sealed record ArrayLimits
{
    /// <summary>4 GiB an array, 4096 variables.</summary>
    public static ArrayLimits Default { get; } = new();

    /// <summary>Most bytes that one array may take once read.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Most variables of a file.</summary>
    public int MaxEntries { get; init; } = 4096;
}
