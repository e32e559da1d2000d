namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>
/// LZF, h5py's fast compression: a byte below 32 says how many plain bytes follow, less one; others copy three bytes or more from at
/// most 8 KiB before.
/// </summary>
internal static class Hdf5Lzf
{
    internal static byte[] Decompress(ReadOnlySpan<byte> packed, int most)
    {
        byte[] plain = new byte[most];
        int at = 0;
        for (int i = 0; i < packed.Length;)
        {
            int control = packed[i++];
            if (control < 32)
            {
                int length = control + 1;
                if (length > packed.Length - i || length > most - at) throw Damaged();
                packed.Slice(i, length).CopyTo(plain.AsSpan(at));
                (i, at) = (i + length, at + length);
                continue;
            }

            int copied = control >> 5;
            if (copied == 7)
            {
                if (i >= packed.Length) throw Damaged();
                copied += packed[i++];
            }

            if (i >= packed.Length) throw Damaged();
            int from = at - ((control & 31) << 8) - packed[i++] - 1;
            copied += 2;
            if (from < 0 || copied > most - at) throw Damaged();
            // Byte by byte: what is copied may overlap what is written.
            for (int end = at + copied; at < end;) plain[at++] = plain[from++];
        }

        return at == most ? plain : plain[..at];
    }

    private static ArrayFileException Damaged() =>
        ArrayFileException.Damaged("a chunk packed with LZF does not unpack: the file is damaged.");
}
