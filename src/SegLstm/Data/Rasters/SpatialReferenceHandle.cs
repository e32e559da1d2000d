using Microsoft.Win32.SafeHandles;

namespace SegLstm.Data.Rasters;

/// <summary>Owns a coordinate system, whose axes are x, y as in files of rasters.</summary>
internal sealed unsafe class SpatialReferenceHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>The system of a well-known text; with an empty text, an unknown one.</summary>
    internal static SpatialReferenceHandle Of(string wkt) => InTraditionalOrder(GdalImports.OSRNewSpatialReference(wkt));

    /// <summary>The well-known text of a number of EPSG's.</summary>
    /// <exception cref="RasterException">PROJ knows no such system.</exception>
    internal static string WktOfEpsg(int code)
    {
        using var call = new GdalCall();
        using SpatialReferenceHandle reference = GdalImports.OSRNewSpatialReference(null);
        byte* text = null;
        if (GdalImports.OSRImportFromEPSG(reference, code) != 0 || GdalImports.OSRExportToWkt(reference.DangerousGetHandle(), &text) != 0)
        {
            throw new RasterException(
                RasterError.BadHeader, $"EPSG:{code} is no coordinate system that PROJ knows: {call.Words("it gave no reason")}.");
        }

        string wkt = GdalImports.Text(text)!;
        GdalImports.VSIFree(text);
        return wkt;
    }

    /// <summary>What a system is called, such as "WGS 84 / UTM zone 18N".</summary>
    internal static string NameOf(string wkt)
    {
        using var call = new GdalCall();
        using SpatialReferenceHandle reference = Of(wkt);
        return reference.IsInvalid ? "" : GdalImports.Text(GdalImports.OSRGetName(reference)) ?? "";
    }

    /// <summary>Whether two texts mean the same system.</summary>
    internal static bool AreSame(string one, string other)
    {
        if (one == other) return true;
        using var call = new GdalCall();
        using SpatialReferenceHandle first = Of(one), second = Of(other);
        return !first.IsInvalid && !second.IsInvalid && GdalImports.OSRIsSame(first, second) != 0;
    }

    protected override bool ReleaseHandle()
    {
        GdalImports.OSRDestroySpatialReference(handle);
        return true;
    }

    private static SpatialReferenceHandle InTraditionalOrder(SpatialReferenceHandle reference)
    {
        const int traditional = 0;
        if (!reference.IsInvalid) GdalImports.OSRSetAxisMappingStrategy(reference, traditional);
        return reference;
    }
}
