using System.IO.Compression;

namespace SegLstm.Data.Arrays;

/// <summary>Tells damage of packed data from other failures of reading.</summary>
internal static class PackedDamage
{
    /// <summary>
    /// Whether an exception says that packed data are cut off or damaged. zlib has a third word for it: a header that asks for a
    /// dictionary, which no writer of these formats uses.
    /// </summary>
    internal static bool IsPackedDamage(this Exception exception) =>
        exception is EndOfStreamException or InvalidDataException or ZLibException;
}
