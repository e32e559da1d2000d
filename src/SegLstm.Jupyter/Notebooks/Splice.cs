namespace SegLstm.Jupyter.Notebooks;

/// <summary>A stretch of a file and what stands there instead.</summary>
internal sealed record Splice(ByteRange Range, byte[] Bytes)
{
    /// <summary>The file with these stretches replaced; they must not overlap.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> file, IEnumerable<Splice> splices)
    {
        Splice[] ordered = [.. splices.OrderBy(splice => splice.Range.Start)];
        byte[] result = new byte[file.Length + ordered.Sum(splice => splice.Bytes.Length - splice.Range.Length)];
        int read = 0, written = 0;
        foreach (Splice splice in ordered)
        {
            file[read..splice.Range.Start].CopyTo(result.AsSpan(written));
            written += splice.Range.Start - read;
            splice.Bytes.CopyTo(result.AsSpan(written));
            written += splice.Bytes.Length;
            read = splice.Range.End;
        }

        file[read..].CopyTo(result.AsSpan(written));
        return result;
    }
}
