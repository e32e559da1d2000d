using Microsoft.Win32.SafeHandles;

namespace SegLstm.Data.Rasters;

/// <summary>Owns a colour table that we made; data sets copy what they are given.</summary>
internal sealed unsafe class ColorTableHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private const int PaletteRgb = 1;

    internal static ColorTableHandle Of(IReadOnlyList<Rgb> colors)
    {
        var table = GdalImports.GDALCreateColorTable(PaletteRgb);
        short* entry = stackalloc short[4];
        for (int i = 0; i < colors.Count; i++)
        {
            (entry[0], entry[1], entry[2], entry[3]) = (colors[i].R, colors[i].G, colors[i].B, 255);
            GdalImports.GDALSetColorEntry(table, i, entry);
        }

        return table;
    }

    protected override bool ReleaseHandle()
    {
        GdalImports.GDALDestroyColorTable(handle);
        return true;
    }
}
