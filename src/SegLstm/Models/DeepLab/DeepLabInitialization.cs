using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.DeepLab;

/// <summary>How GLCNet's code starts the convolutions of encoder and decoder: Kaiming-normal by fan in; biases stay at PyTorch's
/// default.</summary>
internal static class DeepLabInitialization
{
    public static void Apply(nn.Module module)
    {
        foreach (var convolution in module.modules().OfType<Conv2d>())
        {
            nn.init.kaiming_normal_(convolution.weight);
        }
    }
}
