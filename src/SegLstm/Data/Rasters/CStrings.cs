using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <summary>A null-terminated list of C strings, as GDAL takes its options and names.</summary>
internal sealed unsafe class CStrings : IDisposable
{
    private readonly nint[] _items;
    private readonly GCHandle _pin;

    internal CStrings(params IEnumerable<string> texts)
    {
        _items = [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _pin = GCHandle.Alloc(_items, GCHandleType.Pinned);
    }

    internal byte** Pointer => (byte**)_pin.AddrOfPinnedObject();

    /// <summary>The strings of a list that GDAL owns, or null for a null pointer.</summary>
    internal static IReadOnlyList<string>? Copy(byte** list)
    {
        if (list is null)
            return null;
        var texts = new List<string>();
        for (; *list is not null; list++)
            texts.Add(GdalImports.Text(*list)!);
        return texts;
    }

    public void Dispose()
    {
        _pin.Free();
        foreach (nint item in _items)
            Marshal.FreeCoTaskMem(item);
    }
}
