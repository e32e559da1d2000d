using SegLstm.Torch.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Sets this thread's autocast on the CPU, and puts it back when disposed on the same thread. Casts of weights are kept
/// until the outermost ends.</summary>
internal sealed class AutocastMode : IDisposable
{
    // Nobody but this class changes what libtorch has for the thread.
    [ThreadStatic]
    private static bool s_enabled;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly bool _before = s_enabled;
    private readonly int _typeBefore;
    private bool _left;

    internal AutocastMode(bool enabled, ScalarType dtype)
    {
        try
        {
            Door.AutocastEnter(enabled ? (byte)1 : (byte)0, (int)dtype, out _typeBefore).Check();
        }
        catch (EntryPointNotFoundException missing)
        {
            // Functions were added to the door since it was built; all others are there.
            throw new NotSupportedException(
                "The native door to libtorch was built before it had autocast. Build it again: bash environment/setup.sh", missing);
        }

        s_enabled = enabled;
    }

    internal static bool IsEnabled => s_enabled;

    public void Dispose()
    {
        if (_left) return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("autocast() must be disposed on the thread that opened it: do not await inside of it.");
        Door.AutocastLeave(_before ? (byte)1 : (byte)0, _typeBefore).Check();
        s_enabled = _before;
        _left = true;
    }
}
