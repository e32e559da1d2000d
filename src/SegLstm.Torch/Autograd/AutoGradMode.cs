using SegLstm.Torch.Native;

namespace TorchSharp;

/// <summary>Sets whether this thread records operators for gradients, and puts it back when disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool _before;

    internal AutoGradMode(bool enabled)
    {
        _before = IsEnabled;
        Door.SetGradMode(enabled ? (byte)1 : (byte)0).Check();
    }

    internal static bool IsEnabled
    {
        get
        {
            Door.GradMode(out byte enabled).Check();
            return enabled != 0;
        }
    }

    public void Dispose() => Door.SetGradMode(_before ? (byte)1 : (byte)0).Check();
}
