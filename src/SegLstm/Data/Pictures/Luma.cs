namespace SegLstm.Data.Pictures;

/// <summary>Grey as the eye weighs colours: 0.299 red + 0.587 green + 0.114 blue, in Pillow's fixed point.</summary>
internal static class Luma
{
    /// <summary>The grey picture, row after row.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="display">Its bands that are shown as red, green and blue.</param>
    internal static byte[] Of(ByteImage image, IReadOnlyList<int> display)
    {
        byte[] grey = new byte[image.Pixels];
        ReadOnlySpan<byte> red = image.Band(display[0]), green = image.Band(display[1]), blue = image.Band(display[2]);
        for (int i = 0; i < grey.Length; i++) grey[i] = (byte)((19595 * red[i] + 38470 * green[i] + 7471 * blue[i] + 0x8000) >> 16);
        return grey;
    }
}
