using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>Makes models that have names and shapes but no numbers, in milliseconds and without their memory: what counting and
/// listing need.</summary>
/// <remarks>Their tensors are on PyTorch's device <c>meta</c>. The constructor runs as ever, with that as the default device: so it
/// must not read values back of tensors it has made.</remarks>
public static class Outline
{
    /// <summary>Makes a model without numbers; tensors that other threads make meanwhile are as ever.</summary>
    /// <param name="make">Makes the model on this thread, such as <c>() => entry.Create(7, 3, 512)</c>.</param>
    public static T Of<T>(Func<T> make)
        where T : nn.Module => with_device(META, make);
}
