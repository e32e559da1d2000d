using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>Makes models that have names and shapes but no numbers, in milliseconds and without their memory: what counting and
/// listing need.</summary>
/// <remarks>Their tensors are on PyTorch's device <c>meta</c>. The constructor runs as ever, with that as the default device: so it
/// must not read values back of tensors it has made.</remarks>
public static class Outline
{
    private static readonly Lock OneAtATime = new();

    /// <summary>Makes a model without numbers. The default device is the whole process's: make no other tensors
    /// meanwhile.</summary>
    /// <param name="make">Makes the model, such as <c>() => entry.Create(7, 3, 512)</c>.</param>
    public static T Of<T>(Func<T> make)
        where T : nn.Module
    {
        lock (OneAtATime)
        {
            var device = get_default_device();
            set_default_device(META);
            try
            {
                return make();
            }
            finally
            {
                set_default_device(device);
            }
        }
    }
}
