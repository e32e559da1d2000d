using SegLstm.Checkpoints;

namespace SegLstm.Data.Rasters;

/// <summary>Cloud-optimized GeoTIFF: overviews, and what a reader needs first at the beginning, so that parts are read over a network
/// without the whole.</summary>
/// <remarks>OGC 21-026; GDAL's COG driver lays it out: directories of the image and its overviews, then overviews from the coarsest
/// on, then the image, in tiles of 512 x 512.</remarks>
public static class CloudOptimized
{
    /// <summary>Copies a map of classes.</summary>
    /// <param name="from">A GeoTIFF that <see cref="RasterWriter"/> wrote.</param>
    /// <param name="to">The new file; appears when it is complete. Files that GDAL needs meanwhile stand beside it.</param>
    /// <remarks>A pixel of an overview has the class that most of its pixels have; those without data do not count.</remarks>
    /// <exception cref="RasterException">The disk refuses.</exception>
    public static unsafe void Copy(string from, string to)
    {
        using var call = new GdalCall();
        GdalLibrary.Use("COG");
        using var drivers = new CStrings("GTiff");
        using var options = new CStrings(
            "COMPRESS=DEFLATE", "PREDICTOR=NO", "BLOCKSIZE=512", "OVERVIEWS=IGNORE_EXISTING", "OVERVIEW_RESAMPLING=MODE",
            "BIGTIFF=IF_SAFER");
        using var file = new AtomicFile(RasterPath.Plain(to));
        using (DatasetHandle source = GdalImports.GDALOpenEx(Path.GetFullPath(from), 0x02 | 0x40, drivers.Pointer, null, null))
        {
            if (!source.IsInvalid)
            {
                GdalImports.GDALCreateCopy(
                    GdalImports.GDALGetDriverByName("COG"), file.TemporaryPath, source, 0, options.Pointer, 0, 0).Dispose();
            }
        }

        if (call.Failures.Count > 0 || !File.Exists(file.TemporaryPath))
        {
            File.Delete(file.TemporaryPath + RasterWriter.SideCar);
            throw new RasterException(
                RasterError.WriteFailed, $"'{to}' cannot be written: {call.Words("GDAL gave no reason")}. Is the disk full?");
        }

        RasterWriter.MoveNames(file.TemporaryPath, file.Path);
        file.Commit();
    }
}
