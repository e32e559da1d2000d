namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>
/// HDF5, and MATLAB v7.3, which is HDF5 with classes in attributes and all indices in reverse. Reads what MATLAB and h5py write by
/// default, and the simple cases of later formats; links to names and other files are not followed.
/// </summary>
internal sealed class Hdf5File : ArrayFile
{
    private const int MostDepth = 32;

    private readonly Hdf5Superblock _sizes;
    private readonly bool _isMatlab;

    internal Hdf5File(string path, FileBytes bytes, ArrayLimits limits)
        : base(path, bytes, limits)
    {
        _sizes = Hdf5Superblock.Read(bytes);
        _isMatlab = _sizes.Base >= 512 && bytes.Read(0, 6).AsSpan().SequenceEqual("MATLAB"u8);
    }

    public override string Format => _isMatlab ? "MATLAB v7.3" : "HDF5";

    private protected override IEnumerable<ArrayEntry> List()
    {
        var entries = new List<ArrayEntry>();
        Walk(_sizes.Root, "", entries, [], MostDepth);
        return entries;
    }

    private protected override T[] Load<T>(ArrayEntry entry) =>
        new Hdf5Dataset(Bytes, _sizes, Hdf5ObjectHeader.Read(Bytes, _sizes, entry.Place)).Read<T>(_isMatlab);

    private void Walk(long at, string name, List<ArrayEntry> entries, HashSet<long> groups, int depth)
    {
        CheckCount(Math.Max(entries.Count, groups.Count));
        var header = Hdf5ObjectHeader.Read(Bytes, _sizes, at);
        if (header.Has(Hdf5ObjectHeader.Dataspace))
        {
            entries.Add(Dataset(header, name) with { Place = at });
            return;
        }

        // A group may be linked twice, and then holds the same; one within itself would have no end.
        if (!groups.Add(at)) return;
        if (depth == 0) throw ArrayFileException.Damaged($"HDF5 groups more than {MostDepth} deep.");
        if (_isMatlab && Hdf5Attributes.Of(header).ContainsKey("MATLAB_sparse"))
        {
            entries.Add(new ArrayEntry(name, [], null, "sparse matrix"));
            return;
        }

        List<(string, long?)> links;
        try
        {
            links = Hdf5Group.Links(Bytes, _sizes, header, most: 1 << 16);
        }
        catch (ArrayFileException unread) when (unread.Error == ArrayFileError.Unsupported)
        {
            entries.Add(new ArrayEntry(name.Length == 0 ? "/" : name, [], null, unread.Message.TrimEnd('.')));
            return;
        }

        foreach (var (link, address) in links)
        {
            // Where MATLAB keeps the contents of cells and of objects.
            if (_isMatlab && name.Length == 0 && link is "#refs#" or "#subsystem#") continue;
            string full = name.Length == 0 ? link : $"{name}/{link}";
            if (address is { } place) Walk(place, full, entries, groups, depth - 1);
            else entries.Add(new ArrayEntry(full, [], null, "link to another name or file"));
            CheckCount(entries.Count);
        }
    }

    private ArrayEntry Dataset(Hdf5ObjectHeader header, string name)
    {
        Hdf5Dataset dataset;
        Dictionary<string, string?> attributes;
        try
        {
            dataset = new Hdf5Dataset(Bytes, _sizes, header);
            attributes = Hdf5Attributes.Of(header);
        }
        catch (ArrayFileException unread) when (unread.Error == ArrayFileError.Unsupported)
        {
            // The others of the file can still be read.
            return new ArrayEntry(name, [], null, unread.Message.TrimEnd('.'));
        }

        int[] shape = _isMatlab ? [.. dataset.Shape.Reverse()] : dataset.Shape;
        string? matlab = attributes.GetValueOrDefault("MATLAB_class");
        if (!_isMatlab || matlab is null) return new ArrayEntry(name, shape, dataset.Type.Type, dataset.Type.Kind);
        string? other = attributes.ContainsKey("MATLAB_empty") ? "empty"
            : matlab is "char" ? "text"
            : matlab is "cell" ? "cell array"
            : matlab is "function_handle" ? "function"
            : dataset.Type.Type is null ? dataset.Type.Kind : null;
        return other is null ? new ArrayEntry(name, shape, dataset.Type.Type, matlab == "logical" ? matlab : dataset.Type.Kind)
            : new ArrayEntry(name, shape, null, other);
    }
}
