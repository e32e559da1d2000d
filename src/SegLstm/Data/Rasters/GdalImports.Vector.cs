using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <content>Layers and features (gdal.h, gdal_alg.h, ogr_api.h). Statuses are OGRErr, of which 0 is none.</content>
internal static unsafe partial class GdalImports
{
    // A layer belongs to its data set, which the caller keeps alive -------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALDatasetCreateLayer(
        DatasetHandle dataset, string name, nint reference, int geometryType, byte** options);

    [LibraryImport(Library)]
    internal static partial nint GDALDatasetGetLayer(DatasetHandle dataset, int index);

    [LibraryImport(Library)]
    internal static partial int GDALDatasetStartTransaction(DatasetHandle dataset, int force);

    [LibraryImport(Library)]
    internal static partial int GDALDatasetCommitTransaction(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALPolygonize(
        nint band, nint mask, nint layer, int field, byte** options, nint progress, nint progressData);

    /// <summary>The layer's coordinate system, which stays its own; 0 for none.</summary>
    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetSpatialRef(nint layer);

    [LibraryImport(Library)]
    internal static partial int OGR_L_CreateField(nint layer, nint field, int approximate);

    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetLayerDefn(nint layer);

    [LibraryImport(Library)]
    internal static partial int OGR_L_CreateFeature(nint layer, nint feature);

    [LibraryImport(Library)]
    internal static partial void OGR_L_ResetReading(nint layer);

    /// <summary>The next feature, which is the caller's; 0 behind the last.</summary>
    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetNextFeature(nint layer);

    // Overviews: of a band, which owns them ------------------------------------------------------------------------------

    [LibraryImport(Library)]
    internal static partial int GDALGetOverviewCount(nint band);

    [LibraryImport(Library)]
    internal static partial nint GDALGetOverview(nint band, int index);

    // Fields and features ------------------------------------------------------------------------------------------------

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OGR_Fld_Create(string name, int type);

    [LibraryImport(Library)]
    internal static partial void OGR_Fld_Destroy(nint field);

    [LibraryImport(Library)]
    internal static partial nint OGR_F_Create(nint definition);

    [LibraryImport(Library)]
    internal static partial void OGR_F_Destroy(nint feature);

    [LibraryImport(Library)]
    internal static partial int OGR_F_GetFieldAsInteger(nint feature, int index);

    [LibraryImport(Library)]
    internal static partial long OGR_F_GetFieldAsInteger64(nint feature, int index);

    [LibraryImport(Library)]
    internal static partial double OGR_F_GetFieldAsDouble(nint feature, int index);

    [LibraryImport(Library)]
    internal static partial byte* OGR_F_GetFieldAsString(nint feature, int index);

    [LibraryImport(Library)]
    internal static partial void OGR_F_SetFieldInteger64(nint feature, int index, long value);

    [LibraryImport(Library)]
    internal static partial void OGR_F_SetFieldDouble(nint feature, int index, double value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void OGR_F_SetFieldString(nint feature, int index, string value);

    [LibraryImport(Library)]
    internal static partial nint OGR_F_GetGeometryRef(nint feature);

    /// <summary>Copies the geometry.</summary>
    [LibraryImport(Library)]
    internal static partial int OGR_F_SetGeometry(nint feature, nint geometry);

    [LibraryImport(Library)]
    internal static partial double OGR_G_Area(nint geometry);
}
