using System.Reflection;
using System.Runtime.InteropServices;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Finds GDAL, registers the few drivers that we allow, and switches off all that could reach beyond the one file that is opened:
/// no plug-ins, no network, no virtual rasters. Runs once, before the first call.
/// </summary>
internal static unsafe class GdalLibrary
{
    /// <summary>Names tried in turn; the number is the ABI of GDAL 3.6 (Debian 12) and each later 3.x.</summary>
    private static readonly string[] Names =
    [
        "libgdal.so.32", .. Enumerable.Range(33, 12).Select(n => $"libgdal.so.{n}"), "libgdal.so",
        "libgdal.dylib", "gdal.dll",
    ];

    /// <summary>The drivers we register, by the name of their registration function. MEM serves writing and polygons only.</summary>
    private static readonly string[] Drivers = ["GTiff", "PNG", "JPEG", "ENVI", "HFA", "MEM"];

    /// <summary>Drivers that only write, and are not there before something is written with them: no reader meets them. The name of
    /// the registration function of each.</summary>
    private static readonly Dictionary<string, string> Writers = new()
    {
        ["COG"] = "GDALRegister_COG", ["GPKG"] = "RegisterOGRGeoPackage", ["Memory"] = "RegisterOGRMEM",
    };

    private static readonly object Gate = new();
    private static nint s_library;
    private static bool s_prepared;

    /// <summary>Formats that <see cref="Raster.Open"/> reads.</summary>
    internal static IEnumerable<string> Readable => Drivers.Where(d => d != "MEM");

    /// <summary>Whether signed bytes are a type of their own (GDAL 3.7).</summary>
    internal static bool HasInt8 { get; private set; }

    /// <summary>Loads and prepares the library.</summary>
    /// <exception cref="RasterException">No GDAL from 3.5 on is found, with the names tried.</exception>
    internal static void Prepare()
    {
        lock (Gate)
        {
            if (s_prepared)
                return;
            s_library = Load();
            NativeLibrary.SetDllImportResolver(
                typeof(GdalLibrary).Assembly, (name, _, _) => name == GdalImports.Library ? s_library : 0);

            int version = int.Parse(Version(), System.Globalization.CultureInfo.InvariantCulture);
            if (version < 3_05_00_00)
                throw new RasterException(RasterError.NoGdal, $"GDAL {Version("RELEASE_NAME")} is too old: 3.5 or later is needed.");
            HasInt8 = version >= 3_07_00_00;
            Configure();
            foreach (string driver in Drivers)
                Register(driver, "GDALRegister_" + driver);
            s_prepared = true;
        }
    }

    /// <summary>Makes a driver of <see cref="Writers"/> known; again, does nothing.</summary>
    /// <exception cref="RasterException">This GDAL was built without it.</exception>
    internal static void Use(string driver)
    {
        Prepare();
        lock (Gate)
        {
            Register(driver, Writers[driver]);
        }
    }

    /// <summary>The address of a function that GDAL is to call.</summary>
    internal static nint Export(string function)
    {
        Prepare();
        return NativeLibrary.GetExport(s_library, function);
    }

    private static nint Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out nint handle))
                return handle;
        }

        throw new RasterException(
            RasterError.NoGdal,
            $"GDAL is not installed: tried {string.Join(", ", Names)}. On Debian: apt-get install libgdal32 "
            + "(environment/setup.sh does it); elsewhere put GDAL's folder on the library search path.");
    }

    private static string Version(string request = "VERSION_NUM")
    {
        var versionInfo = (delegate* unmanaged[Cdecl]<byte*, byte*>)NativeLibrary.GetExport(s_library, "GDALVersionInfo");
        using var texts = new CStrings(request);
        return Marshal.PtrToStringUTF8((nint)versionInfo(texts.Pointer[0]))!;
    }

    private static void Configure()
    {
        var set = (delegate* unmanaged[Cdecl]<byte*, byte*, void>)NativeLibrary.GetExport(s_library, "CPLSetConfigOption");
        foreach (var (key, value) in new[]
        {
            ("GDAL_DRIVER_PATH", "disable"),                // no plug-ins
            ("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}"), // no file, side-car or overview over the network
            ("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE"),       // side-cars are asked for by name, folders are not listed
            ("GTIFF_IGNORE_READ_ERRORS", "NO"),
            ("GDAL_NUM_THREADS", "1"),                      // errors arrive on the thread that asked
        })
        {
            using var texts = new CStrings(key, value);
            set(texts.Pointer[0], texts.Pointer[1]);
        }

        // Errors outside a GdalCall (a finalizer closing a file) must not print.
        var setHandler = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(s_library, "CPLSetErrorHandler");
        setHandler(NativeLibrary.GetExport(s_library, "CPLQuietErrorHandler"));
        if (NativeLibrary.TryGetExport(s_library, "OSRSetPROJEnableNetwork", out nint projNetwork))
            ((delegate* unmanaged[Cdecl]<int, void>)projNetwork)(0);
        ((delegate* unmanaged[Cdecl]<long, void>)NativeLibrary.GetExport(s_library, "GDALSetCacheMax64"))(256L << 20);
    }

    private static void Register(string driver, string function)
    {
        if (!NativeLibrary.TryGetExport(s_library, function, out nint register))
            throw new RasterException(RasterError.NoGdal, $"This GDAL was built without the driver {driver}: install the full package.");
        ((delegate* unmanaged[Cdecl]<void>)register)();
    }
}
