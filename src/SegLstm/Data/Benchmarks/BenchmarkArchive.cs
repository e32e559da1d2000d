namespace SegLstm.Data.Benchmarks;

/// <summary>A file that a data set's publishers give away.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">"md5:" or "sha256:" and the digest in hexadecimal; null where no source states one.</param>
/// <param name="Url">Where a program can get it; null where its publishers want a form filled in or an account.</param>
/// <param name="Bytes">Its size; null where no source states it.</param>
public sealed record BenchmarkArchive(string Name, string? Digest = null, Uri? Url = null, long? Bytes = null);
