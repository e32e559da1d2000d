using System.Runtime.InteropServices;

namespace SegLstm.Benchmarks;

/// <summary>The OpenBLAS that is loaded into this process, whichever libtorch brought it.</summary>
internal static unsafe class OpenBlas
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The name of its kernels; null where there is none.</summary>
    public static string? KernelsInUse()
    {
        // A library that nothing has loaded is of no interest, so only paths in memory are asked.
        var paths = !File.Exists(Maps) ? [] : File.ReadLines(Maps)
            .Where(line => line.Contains("openblas", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct().ToArray();
        foreach (var path in paths)
        {
            if (NativeLibrary.TryLoad(path, out var library))
            {
                var found = NativeLibrary.TryGetExport(library, "openblas_get_corename", out var name)
                    ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)name)()) : null;
                NativeLibrary.Free(library);
                if (found is not null)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
