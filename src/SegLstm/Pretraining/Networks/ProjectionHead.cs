using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>Small perceptrons between features and losses, which fine-tuning leaves behind.</summary>
internal static class ProjectionHead
{
    /// <summary>Two layers, names <c>0, 2</c>: GLCNet's, and in its code SimCLR's and MoCo's.</summary>
    public static Sequential Plain(long inputs, long hidden, long outputs) =>
        nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs));

    /// <summary>Two layers with a batch norm between them, names <c>0, 1, 3</c>: BYOL's.</summary>
    public static Sequential Normalised(long inputs, long hidden, long outputs) =>
        nn.Sequential(nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, outputs));
}
