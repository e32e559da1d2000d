using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace SegLstm.Data.Rasters;

/// <summary>
/// The part of GDAL's C API that we use (gdal.h, gdal_alg.h, ogr_api.h, cpl_*.h), with its names. Statuses are CPLErr: 0 is none,
/// 3 a failure. <see cref="GdalCall"/> goes around every use: it has
/// <see cref="GdalLibrary"/> find and prepare the library, and gathers GDAL's messages.
/// </summary>
internal static unsafe partial class GdalImports
{
    internal const string Library = "gdal";

    // Library ------------------------------------------------------------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* GDALVersionInfo(string request);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void CPLSetConfigOption(string key, string? value);

    [LibraryImport(Library)]
    internal static partial void GDALSetCacheMax64(long bytes);

    [LibraryImport(Library)]
    internal static partial long GDALGetCacheMax64();

    // Errors: the handler is per thread, a stack -------------------------------------------------------------------------

    [LibraryImport(Library)]
    internal static partial void CPLPushErrorHandler(delegate* unmanaged[Cdecl]<int, int, byte*, void> handler);

    [LibraryImport(Library)]
    internal static partial void CPLPopErrorHandler();

    [LibraryImport(Library)]
    internal static partial void CPLErrorReset();

    // Data sets ----------------------------------------------------------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DatasetHandle GDALOpenEx(string path, uint flags, byte** drivers, byte** options, byte** siblings);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALGetDriverByName(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DatasetHandle GDALCreate(
        nint driver, string path, int width, int height, int bands, int type, byte** options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial DatasetHandle GDALCreateCopy(
        nint driver, string path, DatasetHandle source, int strict, byte** options, nint progress, nint progressData);

    [LibraryImport(Library)]
    internal static partial void GDALClose(nint dataset);

    [LibraryImport(Library)]
    internal static partial void GDALFlushCache(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial nint GDALGetDatasetDriver(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial byte* GDALGetDriverShortName(nint driver);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterXSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterYSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetGeoTransform(DatasetHandle dataset, double* transform);

    [LibraryImport(Library)]
    internal static partial int GDALSetGeoTransform(DatasetHandle dataset, double* transform);

    [LibraryImport(Library)]
    internal static partial byte* GDALGetProjectionRef(DatasetHandle dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GDALSetProjection(DatasetHandle dataset, string wkt);

    [LibraryImport(Library)]
    internal static partial int GDALDatasetRasterIOEx(
        DatasetHandle dataset, int write, int x, int y, int width, int height, void* buffer, int bufferWidth, int bufferHeight,
        int bufferType, int bands, int* bandList, long pixelSpace, long lineSpace, long bandSpace, void* extra);

    // Bands: the handle belongs to the data set, which the caller keeps alive ---------------------------------------------

    [LibraryImport(Library)]
    internal static partial nint GDALGetRasterBand(DatasetHandle dataset, int band);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterDataType(nint band);

    [LibraryImport(Library)]
    internal static partial void GDALGetBlockSize(nint band, int* width, int* height);

    [LibraryImport(Library)]
    internal static partial double GDALGetRasterNoDataValue(nint band, int* found);

    [LibraryImport(Library)]
    internal static partial int GDALSetRasterNoDataValue(nint band, double value);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterColorInterpretation(nint band);

    [LibraryImport(Library)]
    internal static partial int GDALGetMaskFlags(nint band);

    [LibraryImport(Library)]
    internal static partial nint GDALGetMaskBand(nint band);

    [LibraryImport(Library)]
    internal static partial int GDALRasterIOEx(
        nint band, int write, int x, int y, int width, int height, void* buffer, int bufferWidth, int bufferHeight, int bufferType,
        long pixelSpace, long lineSpace, void* extra);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* GDALGetMetadataItem(nint band, string name, string? domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GDALSetMetadataItem(nint band, string name, string value, string? domain);

    [LibraryImport(Library)]
    internal static partial byte* GDALGetDescription(nint band);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void GDALSetDescription(nint band, string text);

    [LibraryImport(Library)]
    internal static partial byte** GDALGetRasterCategoryNames(nint band);

    [LibraryImport(Library)]
    internal static partial int GDALSetRasterCategoryNames(nint band, byte** names);

    [LibraryImport(Library)]
    internal static partial nint GDALGetRasterColorTable(nint band);

    [LibraryImport(Library)]
    internal static partial int GDALSetRasterColorTable(nint band, ColorTableHandle table);

    [LibraryImport(Library)]
    internal static partial ColorTableHandle GDALCreateColorTable(int interpretation);

    [LibraryImport(Library)]
    internal static partial void GDALDestroyColorTable(nint table);

    [LibraryImport(Library)]
    internal static partial int GDALGetColorEntryCount(nint table);

    [LibraryImport(Library)]
    internal static partial int GDALGetColorEntryAsRGB(nint table, int index, short* entry);

    [LibraryImport(Library)]
    internal static partial void GDALSetColorEntry(ColorTableHandle table, int index, short* entry);

    // Files in memory ----------------------------------------------------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* VSIGetMemFileBuffer(string path, ulong* length, int seize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int VSIUnlink(string path);

    // Polygons -----------------------------------------------------------------------------------------------------------

    [LibraryImport(Library)]
    internal static partial int OGR_G_CreateFromWkb(byte* wkb, nint spatialReference, nint* geometry, int length);

    [LibraryImport(Library)]
    internal static partial void OGR_G_DestroyGeometry(nint geometry);

    [LibraryImport(Library)]
    internal static partial int GDALRasterizeGeometries(
        DatasetHandle dataset, int bands, int* bandList, int count, nint* geometries, nint transformer, nint transformArgument,
        double* burn, byte** options, nint progress, nint progressData);

    /// <summary>A string that GDAL owns, copied; null for a null pointer.</summary>
    internal static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
