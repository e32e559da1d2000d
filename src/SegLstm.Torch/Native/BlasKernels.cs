using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Torch.Native;

/// <summary>Which of OpenBLAS's kernels libtorch multiplies with.</summary>
/// <remarks>
/// OpenBLAS knows processors by their model numbers. One that is newer than the library gets the kernels of 2004: Debian 12's
/// 0.3.21 multiplies matrices at a fifth of the speed on Emerald Rapids. The variable by which a user tells it what to take is
/// read when the library is loaded, so what this class decides it must say before libtorch is.
/// </remarks>
internal static unsafe class BlasKernels
{
    private const string Variable = "OPENBLAS_CORETYPE";
    private const string Library = "libopenblas.so.0";

    /// <summary>The kernels in use, as OpenBLAS calls them, e.g. <c>SkylakeX</c>; null where there is no OpenBLAS.</summary>
    internal static string? InUse()
    {
        if (!NativeLibrary.TryLoad(Library, out var library)) return null;
        try
        {
            return NativeLibrary.TryGetExport(library, "openblas_get_corename", out var name)
                ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)name)())
                : null;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    /// <summary>To be called before libtorch is loaded: where OpenBLAS would take kernels without fused multiplication although
    /// the processor has it, tells it which to take. A user's own choice stands.</summary>
    internal static void Choose()
    {
        if (!Fma.IsSupported || !Avx2.IsSupported || NativeEnvironment.Get(Variable) is not null) return;

        // Loaded to ask, and unloaded again by this.
        if (InUse() is "Prescott" or "Core2" or "Nehalem" or "Sandybridge")
            NativeEnvironment.SetDefault(Variable, HasSkylakeVectors ? "SkylakeX" : "Haswell");
    }

    private static bool HasSkylakeVectors =>
        Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported;
}
