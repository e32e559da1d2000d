using Microsoft.Win32.SafeHandles;

namespace SegLstm.Data.Rasters;

/// <summary>Owns a GDALDataset. Closing writes what is cached.</summary>
internal sealed class DatasetHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        GdalImports.GDALClose(handle);
        return true;
    }
}
