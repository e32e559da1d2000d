using SegLstm.Torch.Native;

namespace TorchSharp;

/// <summary>Sets this thread's inference mode, and puts it back when disposed on the same thread.</summary>
internal sealed class InferenceMode : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private nint _guard;

    internal InferenceMode(bool enabled) => Door.InferenceEnter(enabled ? (byte)1 : (byte)0, out _guard).Check();

    public void Dispose()
    {
        if (_guard == nint.Zero) return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("inference_mode() must be disposed on the thread that opened it: do not await inside of it.");
        Door.InferenceLeave(_guard).Check();
        _guard = nint.Zero;
    }
}
