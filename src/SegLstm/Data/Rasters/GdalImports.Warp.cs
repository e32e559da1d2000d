using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <content>Warping and coordinate systems (gdal_alg.h, gdalwarper.h, ogr_srs_api.h).</content>
internal static unsafe partial class GdalImports
{
    // Transformers: what destroys them is the warped data set that they were given to -------------------------------------

    [LibraryImport(Library)]
    internal static partial nint GDALCreateGenImgProjTransformer2(DatasetHandle source, nint destination, byte** options);

    [LibraryImport(Library)]
    internal static partial void GDALSetGenImgProjTransformerDstGeoTransform(nint transformer, double* transform);

    [LibraryImport(Library)]
    internal static partial nint GDALCreateApproxTransformer(nint function, nint transformer, double maxError);

    [LibraryImport(Library)]
    internal static partial void GDALApproxTransformerOwnsSubtransformer(nint transformer, int owns);

    [LibraryImport(Library)]
    internal static partial void GDALDestroyTransformer(nint transformer);

    [LibraryImport(Library)]
    internal static partial int GDALSuggestedWarpOutput2(
        DatasetHandle source, nint function, nint transformer, double* transform, int* width, int* height, double* extent, int options);

    // Warped data sets ---------------------------------------------------------------------------------------------------

    [LibraryImport(Library)]
    internal static partial GdalWarpOptions* GDALCreateWarpOptions();

    [LibraryImport(Library)]
    internal static partial void GDALDestroyWarpOptions(GdalWarpOptions* options);

    [LibraryImport(Library)]
    internal static partial DatasetHandle GDALCreateWarpedVRT(
        DatasetHandle source, int width, int height, double* transform, GdalWarpOptions* options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte** CSLSetNameValue(byte** list, string name, string value);

    [LibraryImport(Library)]
    internal static partial void* VSIMalloc(nuint bytes);

    [LibraryImport(Library)]
    internal static partial void VSIFree(void* memory);

    // Coordinate systems -------------------------------------------------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SpatialReferenceHandle OSRNewSpatialReference(string? wkt);

    [LibraryImport(Library)]
    internal static partial void OSRDestroySpatialReference(nint reference);

    [LibraryImport(Library)]
    internal static partial int OSRImportFromEPSG(SpatialReferenceHandle reference, int code);

    [LibraryImport(Library)]
    internal static partial int OSRExportToWkt(nint reference, byte** text);

    [LibraryImport(Library)]
    internal static partial byte* OSRGetName(SpatialReferenceHandle reference);

    [LibraryImport(Library)]
    internal static partial int OSRIsSame(SpatialReferenceHandle one, SpatialReferenceHandle other);

    [LibraryImport(Library)]
    internal static partial void OSRSetAxisMappingStrategy(SpatialReferenceHandle reference, int strategy);
}
