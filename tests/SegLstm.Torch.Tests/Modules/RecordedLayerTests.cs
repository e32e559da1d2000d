using SegLstm.Tests.Torch.Recorded;
using TorchSharp;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class RecordedLayerTests
{
    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> s_layers = new()
    {
        ["Linear"] = () => Linear(3, 2),
        ["Conv1d"] = () => Conv1d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Replicate),
        ["Conv2d"] = () => Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2), groups: 2),
        ["Conv2d_same"] = () => Conv2d(1, 2, (3, 2), Padding.Same),
        ["Conv2d_same_circular"] = () => Conv2d(1, 2, (3, 2), Padding.Same, padding_mode: PaddingModes.Circular),
        ["Conv2d_reflect"] = () => Conv2d(1, 2, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Reflect),
        ["ConvTranspose2d"] = () => ConvTranspose2d(2, 4, 3, 2, 1, 1, groups: 2),
        ["LayerNorm"] = () => LayerNorm([2, 3]),
        ["GroupNorm"] = () => GroupNorm(2, 4),
        ["BatchNorm1d"] = () => BatchNorm1d(3),
        ["BatchNorm2d"] = () => BatchNorm2d(2),
        ["BatchNorm2d_eval"] = () => Evaluating(BatchNorm2d(2)),
        ["InstanceNorm2d"] = () => InstanceNorm2d(2, affine: true),
        ["Flatten"] = () => Flatten(1, 2),
        ["Upsample"] = () => Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false),
        ["MaxPool2d"] = () => MaxPool2d(2),
        ["AvgPool2d"] = () => AvgPool2d(2, 1),
        ["AdaptiveAvgPool2d"] = () => AdaptiveAvgPool2d(1),
        ["Sequential"] = () => Sequential(Linear(3, 4), GELU(), Linear(4, 2)),
    };

    public static TheoryData<string> Recorded => Names<Case>("modules");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_layer_with_given_parameters_computes_what_PyTorchs_does(string name)
    {
        using var layer = s_layers[name]();
        layer.to(ScalarType.Float64);
        using (no_grad())
            foreach (var (parameter, k) in layer.parameters().Select((parameter, k) => (parameter, k)))
                parameter.copy_(Ramp(parameter.shape, -0.5 + 0.1 * k, 0.6));
        Check(Read<Case>("modules")[name], layer.call);
    }

    [Fact]
    public void Every_layer_listed_here_is_recorded() => Assert.Equal(Read<Case>("modules").Keys.Order(), s_layers.Keys.Order());

    private static Module<Tensor, Tensor> Evaluating(Module<Tensor, Tensor> layer)
    {
        layer.eval();
        return layer;
    }
}
