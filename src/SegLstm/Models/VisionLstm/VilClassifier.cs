using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>The linear head of both releases.</summary>
internal static class VilClassifier
{
    /// <summary>Truncated normal with standard deviation 2e-5, bias 0: a fresh model starts at the uniform guess.</summary>
    public static Linear Make(long dim, long classes)
    {
        var head = nn.Linear(dim, classes);
        nn.init.trunc_normal_(head.weight!, std: 2e-5);
        nn.init.zeros_(head.bias!);
        return head;
    }
}
