using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until it is disposed, nothing is recorded for gradients.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Until it is disposed, operators are recorded for gradients.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    /// <summary>Until it is disposed, operators are recorded for gradients or not.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    /// <summary>Whether operators are recorded for gradients.</summary>
    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    /// <summary>Until it is disposed, tensors are made that can never take part in gradients: the cheapest way to predict.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether inference mode is on.</summary>
    public static bool is_inference_mode_enabled()
    {
        Door.InferenceMode(out byte enabled).Check();
        return enabled != 0;
    }
}
