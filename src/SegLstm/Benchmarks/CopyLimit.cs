namespace SegLstm.Benchmarks;

/// <summary>The fastest that an amount of memory was seen to be copied.</summary>
/// <param name="Bytes">Bytes read and written: small amounts stay in a cache.</param>
/// <param name="GigabytesPerSecond">10⁹ bytes read and written a second, all threads together.</param>
public sealed record CopyLimit(long Bytes, double GigabytesPerSecond);
