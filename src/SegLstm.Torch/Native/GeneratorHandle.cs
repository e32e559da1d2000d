using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>A generator of random numbers of libtorch.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    internal GeneratorHandle(nint generator) : base(nint.Zero, ownsHandle: true) => SetHandle(generator);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => Door.GeneratorFree(handle) == DoorStatus.Ok;
}
