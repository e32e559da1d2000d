using System.Numerics;
using SegLstm.Data.Arrays.Hdf5;
using SegLstm.Data.Arrays.Matlab;
using SegLstm.Data.Rasters;

namespace SegLstm.Data.Arrays;

/// <summary>
/// A file of named arrays: MATLAB v4, v5 to v7 (compressed too, either byte order), v7.3, or HDF5. Opening reads the list of
/// variables; arrays of real numbers can be read, all others are listed with what they are.
/// </summary>
/// <remarks>
/// The file is not trusted. Nothing of it is executed, links to other files are not followed, and memory is taken only for what its
/// bytes can hold. The readers are our own and managed, because the C libraries for both formats have a history of crashes on
/// damaged files, and a crash ends a notebook's process.
/// </remarks>
public abstract class ArrayFile : IDisposable
{
    private readonly ArrayLimits _limits;

    private protected ArrayFile(string path, FileBytes bytes, ArrayLimits limits) => (Path, Bytes, _limits) = (path, bytes, limits);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The format in words.</summary>
    public abstract string Format { get; }

    /// <summary>The variables in the file's order.</summary>
    public IReadOnlyList<ArrayEntry> Entries { get; private set; } = [];

    private protected FileBytes Bytes { get; }

    /// <summary>Opens a file and lists its variables.</summary>
    /// <param name="path">A plain path.</param>
    /// <param name="limits">What the file may ask for; null for <see cref="ArrayLimits.Default"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArrayFileException">The file is refused; <see cref="ArrayFileException.Error"/> says why.</exception>
    public static ArrayFile Open(string path, ArrayLimits? limits = null)
    {
        limits ??= ArrayLimits.Default;
        string full = RasterPath.Readable(path).Path;
        var bytes = new FileBytes(full);
        try
        {
            ArrayFile file = FormatOf(bytes) switch
            {
                ArrayFormat.Hdf5 => new Hdf5File(full, bytes, limits),
                ArrayFormat.Mat5 => new Mat5File(full, bytes, limits),
                ArrayFormat.Mat4 => new Mat4File(full, bytes, limits),
                _ => throw ArrayFileException.UnknownFormat(
                    $"{bytes.Length:N0} bytes that are neither MATLAB (v4 to v7.3) nor HDF5. Is it a download page saved as a file?"),
            };
            file.Entries = [.. file.List()];
            return file;
        }
        catch (ArrayFileException refusal)
        {
            bytes.Dispose();
            throw refusal.In(path);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file is of one of these formats, by its first bytes.</summary>
    /// <param name="path">A file that can be read.</param>
    public static bool IsOne(string path)
    {
        using var bytes = new FileBytes(RasterPath.Readable(path).Path);
        return FormatOf(bytes) != ArrayFormat.Unknown;
    }

    /// <summary>The variable of a name, or the one array of real numbers with so many dimensions.</summary>
    /// <param name="rank">Dimensions. Of 2, vectors and single numbers do not count.</param>
    /// <param name="name">Its name; null where there is only one. Re-saved copies of benchmarks rename variables.</param>
    /// <exception cref="ArrayFileException">None, several, or not of that rank; the message lists what there is.</exception>
    public ArrayEntry Find(int rank, string? name = null)
    {
        ArrayEntry[] fitting = [.. Entries.Where(entry => name is null ? IsOfRank(entry, rank) : entry.Name == name)];
        string there = Entries.Count == 0 ? "The file has no variables." : $"In the file: {string.Join(", ", Entries.Take(20))}"
            + (Entries.Count > 20 ? $" and {Entries.Count - 20} more." : ".");
        return fitting switch
        {
            [var only] when only.IsNumeric && only.Shape.Count == rank => only,
            [var only] when only.IsNumeric => throw ArrayFileException.NotFound($"'{Path}': {only} has not {rank} dimensions. {there}"),
            [var only] => throw NotNumeric(only),
            [] => throw ArrayFileException.NotFound(
                $"'{Path}' has no {(name is null ? $"array of numbers with {rank} dimensions" : $"variable '{name}'")}. {there}"),
            _ => throw ArrayFileException.Ambiguous(
                $"'{Path}' has several arrays of {rank} dimensions, {string.Join<ArrayEntry>(", ", fitting)}: name one."),
        };
    }

    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">float or double: 64-bit integers above 2^53 (of float: integers above 2^24) are rounded.</typeparam>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <returns>Its numbers, the last index fastest: element (row, column, band) at (row * columns + column) * bands + band.</returns>
    /// <exception cref="ArrayFileException">It is no array of numbers, is too large, or is damaged.</exception>
    public T[] Read<T>(ArrayEntry entry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Type is null) throw NotNumeric(entry);
        try
        {
            long most = Math.Min(_limits.MaxBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), Array.MaxLength);
            if (entry.Count > most)
            {
                throw ArrayFileException.TooLarge(
                    $"{entry} has {entry.Count:N0} elements; {most:N0} of {typeof(T).Name} are allowed. Raise ArrayLimits.MaxBytes, or "
                    + "save a part of it.");
            }

            return Load<T>(entry);
        }
        catch (ArrayFileException refusal)
        {
            throw refusal.In(Path);
        }
        catch (Exception damage) when (damage.IsPackedDamage())
        {
            throw ArrayFileException.Damaged(
                $"'{Path}': the compressed data of {entry} do not unpack: they are damaged. Get the file again and compare its checksum.");
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Bytes.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lists the variables.</summary>
    private protected abstract IEnumerable<ArrayEntry> List();

    /// <summary>Reads a numeric entry whose number of elements was checked.</summary>
    private protected abstract T[] Load<T>(ArrayEntry entry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Refuses more variables than are allowed.</summary>
    private protected void CheckCount(int entries)
    {
        if (entries > _limits.MaxEntries)
        {
            throw ArrayFileException.TooLarge(
                $"more than {_limits.MaxEntries} variables. Raise ArrayLimits.MaxEntries if they are real.");
        }
    }

    private static bool IsOfRank(ArrayEntry entry, int rank) => entry.IsNumeric && entry.Shape.Count == rank && entry.Count > 0
        && (rank != 2 || entry.Shape.All(size => size > 1));

    private static ArrayFormat FormatOf(FileBytes bytes) => Hdf5Superblock.Find(bytes) is not null ? ArrayFormat.Hdf5
        : Mat5File.IsOne(bytes) ? ArrayFormat.Mat5
        : Mat4File.IsOne(bytes) ? ArrayFormat.Mat4 : ArrayFormat.Unknown;

    private ArrayFileException NotNumeric(ArrayEntry entry) =>
        ArrayFileException.NotNumeric(
            $"'{Path}': {entry} is no array of real numbers. Save what is in it as a variable of its own (in MATLAB: x = s.field; save).");

    private enum ArrayFormat
    {
        Unknown,
        Mat4,
        Mat5,
        Hdf5,
    }
}
