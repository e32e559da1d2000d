using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Gpu.OpenCl;

/// <summary>One reference to an object of OpenCL.</summary>
internal abstract class OpenClHandle() : SafeHandle(nint.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == nint.Zero;
}

/// <summary>A context: devices and what lies on them.</summary>
internal sealed class ContextHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => LibOpenCl.ReleaseContext(handle) == LibOpenCl.Success;
}

/// <summary>A queue of work for one device, done in order.</summary>
internal sealed class QueueHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => LibOpenCl.ReleaseQueue(handle) == LibOpenCl.Success;
}

/// <summary>Kernels of one source.</summary>
internal sealed class ProgramHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => LibOpenCl.ReleaseProgram(handle) == LibOpenCl.Success;
}

/// <summary>A kernel and its arguments.</summary>
internal sealed class KernelHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => LibOpenCl.ReleaseKernel(handle) == LibOpenCl.Success;
}

/// <summary>Memory that kernels see.</summary>
internal sealed class BufferHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => LibOpenCl.ReleaseBuffer(handle) == LibOpenCl.Success;
}
