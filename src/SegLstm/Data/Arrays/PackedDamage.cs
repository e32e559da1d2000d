namespace SegLstm.Data.Arrays;

/// <summary>Tells damage of packed data from other failures of reading.</summary>
internal static class PackedDamage
{
    /// <summary>
    /// Whether an exception says that packed data are cut off or damaged. A header that asks for a dictionary, which no writer of these
    /// formats uses, ends in an exception of .NET's that is not public and derives from IOException; a disk that fails just then
    /// reads as damage too.
    /// </summary>
    internal static bool IsPackedDamage(this Exception exception) =>
        exception is InvalidDataException or (IOException and not ArrayFileException);
}
