namespace SegLstm.Checkpoints.Pth;

/// <summary>A file in a zip archive, as the central directory describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDeflated">Whether it is compressed.</param>
/// <param name="Checksum">CRC-32 of the unpacked bytes.</param>
/// <param name="PackedLength">Bytes in the archive.</param>
/// <param name="Length">Unpacked bytes.</param>
/// <param name="HeaderAt">Where its local header is.</param>
internal sealed record ZipEntry(string Name, bool IsDeflated, uint Checksum, long PackedLength, long Length, long HeaderAt)
{
    /// <summary>Where its bytes are; set once the local header has been read.</summary>
    public long DataAt { get; set; }
}
