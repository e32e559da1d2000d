using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Gpu.Cuda;

/// <summary>One reference to the context of a device that libtorch uses, too.</summary>
internal sealed class PrimaryContextHandle : SafeHandle
{
    private readonly int device;

    public PrimaryContextHandle(int device) : base(nint.Zero, ownsHandle: true)
    {
        CudaException.ThrowIfFailed(LibCuda.RetainPrimaryContext(out var context, device), "cuDevicePrimaryCtxRetain");
        this.device = device;
        SetHandle(context);
    }

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => LibCuda.ReleasePrimaryContext(device) == LibCuda.Success;
}
