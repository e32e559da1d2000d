using SegLstm.Torch.Native;

namespace SegLstm.Torch;

/// <summary>Switches of libtorch that TorchSharp does not have.</summary>
public static class TorchRuntime
{
    /// <summary>Whether convolutions and products go through oneDNN where it can do them.</summary>
    /// <remarks>Debian's libtorch 1.13 with oneDNN once gave NaN gradients: a way to rule it out.</remarks>
    public static bool UseOneDnn
    {
        get
        {
            Door.UseOneDnn(out byte enabled).Check();
            return enabled != 0;
        }
        set => Door.SetUseOneDnn(value ? (byte)1 : (byte)0).Check();
    }
}
