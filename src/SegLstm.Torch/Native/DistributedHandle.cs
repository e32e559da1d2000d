using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>One reference to a store, a process group or a work of c10d.</summary>
internal sealed class DistributedHandle : SafeHandle
{
    private readonly Func<nint, DoorStatus> _free;

    internal DistributedHandle(nint pointer, Func<nint, DoorStatus> free) : base(nint.Zero, ownsHandle: true)
    {
        SetHandle(pointer);
        _free = free;
    }

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => _free(handle) == DoorStatus.Ok;
}
