using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Gpu.Cuda;

/// <summary>A call of NVIDIA's driver that failed.</summary>
/// <param name="message">What failed, and what to do.</param>
internal sealed class CudaException(string message) : Exception(message)
{
    /// <summary>Throws unless a call succeeded.</summary>
    public static unsafe void ThrowIfFailed(int status, string call)
    {
        if (status != LibCuda.Success)
        {
            var text = LibCuda.ErrorText(status, out var pointer) == LibCuda.Success
                ? Marshal.PtrToStringUTF8((nint)pointer)
                : "an unknown error";
            throw new CudaException($"{call} failed with CUDA error {status}: {text}.");
        }
    }
}
