using SegLstm.Data.Rasters;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Keeps some rasters open, so that GDAL's cache, which ends with a file, still has what was decoded of them when they are read again.
/// </summary>
/// <param name="most">Files that stay open when nobody reads them.</param>
internal sealed class RasterPool(int most) : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Reads from a file, which is opened where it is not open.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads; may run on several threads at once.</param>
    internal T Read<T>(string path, Func<Raster, T> read)
    {
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(path, out entry!)) _entries.Add(path, entry = new Entry(new Lazy<Raster>(() => Raster.Open(path))));
            entry.Readers++;
            entry.Used = ++_clock;
        }

        bool isWhole = false;
        try
        {
            T value = read(entry.Raster.Value);
            isWhole = true;
            return value;
        }
        finally
        {
            lock (_gate)
            {
                entry.Readers--;
                // A file that could not be read is opened anew next time: somebody may have mended it.
                if (!isWhole && _entries.GetValueOrDefault(path) == entry) _entries.Remove(path);
                Shrink(entry);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries.Values) entry.Close();
            _entries.Clear();
        }
    }

    private void Shrink(Entry given)
    {
        if (given.Readers == 0 && !_entries.ContainsValue(given)) given.Close();
        while (_entries.Count > most && _entries.Where(pair => pair.Value.Readers == 0)
            .MinBy(pair => pair.Value.Used) is { Value: { } oldest, Key: var path })
        {
            _entries.Remove(path);
            oldest.Close();
        }
    }

    private sealed class Entry(Lazy<Raster> raster)
    {
        public Lazy<Raster> Raster => raster;

        public int Readers { get; set; }

        public long Used { get; set; }

        public void Close()
        {
            if (raster.IsValueCreated) raster.Value.Dispose();
        }
    }
}
