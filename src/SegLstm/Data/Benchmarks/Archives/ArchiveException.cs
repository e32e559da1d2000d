namespace SegLstm.Data.Benchmarks.Archives;

/// <summary>
/// A published file could not be had as it was published: cut off, other bytes than its digest says, or an archive that is refused.
/// </summary>
/// <param name="message">What was expected, what was got, and what to do.</param>
/// <param name="cause">What went wrong below, or null.</param>
public sealed class ArchiveException(string message, Exception? cause = null) : IOException(message, cause);
