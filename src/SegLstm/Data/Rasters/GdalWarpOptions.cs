using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <summary>The beginning of GDALWarpOptions (gdalwarper.h), as it has been since GDAL 1.0. GDAL allocates it, knows what follows and
/// frees what it points to.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GdalWarpOptions
{
    internal byte** Options;
    internal double MemoryLimit;
    internal int Resampling;
    internal int WorkingType;
    internal nint Source;
    internal nint Destination;
    internal int BandCount;
    internal int* SourceBands;
    internal int* DestinationBands;
    internal int SourceAlphaBand;
    internal int DestinationAlphaBand;
    internal double* SourceNoDataReal;
    internal double* SourceNoDataImaginary;
    internal double* DestinationNoDataReal;
    internal double* DestinationNoDataImaginary;
    internal nint Progress;
    internal nint ProgressArgument;
    internal nint Transformer;
    internal nint TransformerArgument;
}
