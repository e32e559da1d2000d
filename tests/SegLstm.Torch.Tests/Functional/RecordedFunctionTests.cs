using SegLstm.Tests.Torch.Recorded;
using TorchSharp;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace SegLstm.Tests.Torch.Functional;

public class RecordedFunctionTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_functions = new()
    {
        ["relu"] = x => F.relu(x),
        ["relu6"] = x => F.relu6(x),
        ["leaky_relu"] = x => F.leaky_relu(x, 0.2),
        ["elu"] = x => F.elu(x, 1.5),
        ["gelu"] = x => F.gelu(x),
        ["silu"] = x => F.silu(x),
        ["mish"] = x => F.mish(x),
        ["hardswish"] = x => F.hardswish(x),
        ["hardsigmoid"] = x => F.hardsigmoid(x),
        ["sigmoid"] = x => F.sigmoid(x),
        ["tanh"] = x => F.tanh(x),
        ["softplus"] = x => F.softplus(x, 2, 1),
        ["softmax"] = x => F.softmax(x, 1),
        ["log_softmax"] = x => F.log_softmax(x, 0),
        ["logsigmoid"] = x => F.logsigmoid(x),
        ["glu"] = x => F.glu(x, 1),
        ["linear"] = x => F.linear(x, Ramp([2, 3]), Ramp([2])),
        ["conv1d"] = x => F.conv1d(x, Ramp([3, 2, 3]), Ramp([3]), 2, 1),
        ["conv1d_same"] = x => F.conv1d_padding(x, Ramp([3, 2, 4]), padding: Padding.Same),
        ["conv2d"] = x => F.conv2d(x, Ramp([4, 1, 3, 2]), Ramp([4]), [2, 1], [1, 0], [1, 2], 2),
        ["conv2d_same"] = x => F.conv2d_padding(x, Ramp([1, 2, 3, 3]), padding: Padding.Same, dilation: [2, 2]),
        ["conv3d"] = x => F.conv3d(x, Ramp([1, 1, 2, 2, 2])),
        ["conv_transpose1d"] = x => F.conv_transpose1d(x, Ramp([2, 1, 3]), null, 2),
        ["conv_transpose2d"] = x => F.conv_transpose2d(x, Ramp([2, 2, 3, 3]), Ramp([2]), [2, 2], [1, 1], [1, 1]),
        ["layer_norm"] = x => F.layer_norm(x, [3], Ramp([3]), Ramp([3]), 1e-3),
        ["group_norm"] = x => F.group_norm(x, 2, Ramp([4]), Ramp([4])),
        ["batch_norm"] = x => F.batch_norm(x, null!, null!, Ramp([3]), Ramp([3]), true),
        ["instance_norm"] = x => F.instance_norm(x),
        ["normalize"] = x => F.normalize(x, 2, 1),
        ["max_pool1d"] = x => F.max_pool1d(x, 2),
        ["max_pool2d"] = x => F.max_pool2d(x, 3, 2, 1),
        ["avg_pool1d"] = x => F.avg_pool1d(x, 2),
        ["avg_pool2d"] = x => F.avg_pool2d(x, (2, 3), (1, 2), (1, 1), true, false),
        ["adaptive_avg_pool1d"] = x => F.adaptive_avg_pool1d(x, 4),
        ["adaptive_avg_pool2d"] = x => F.adaptive_avg_pool2d(x, (2, 3)),
        ["adaptive_max_pool2d"] = x => F.adaptive_max_pool2d(x, [2, 3]),
        ["nearest"] = x => F.interpolate(x, [5, 3]),
        ["nearest_exact"] = x => F.interpolate(x, [5, 3], mode: InterpolationMode.NearestExact),
        ["linear_resize"] = x => F.interpolate(x, [7], mode: InterpolationMode.Linear, align_corners: true),
        ["bilinear"] = x => F.interpolate(x, [5, 7], mode: InterpolationMode.Bilinear, align_corners: false),
        ["bilinear_corners"] = x => F.interpolate(x, [5, 7], mode: InterpolationMode.Bilinear, align_corners: true),
        ["bilinear_scale"] = x => F.interpolate(x, scale_factor: [1.7, 0.6], mode: InterpolationMode.Bilinear),
        ["bilinear_rescaled"] = x => F.interpolate(x, scale_factor: [1.7, 1.7], mode: InterpolationMode.Bilinear, recompute_scale_factor: true),
        ["bilinear_antialias"] = x => F.interpolate(x, [2, 3], mode: InterpolationMode.Bilinear, antialias: true),
        ["bicubic"] = x => F.interpolate(x, [5, 6], mode: InterpolationMode.Bicubic, align_corners: false),
        ["bicubic_antialias"] = x => F.interpolate(x, [2, 3], mode: InterpolationMode.Bicubic, antialias: true),
        ["trilinear"] = x => F.interpolate(x, [3, 3, 3], mode: InterpolationMode.Trilinear, align_corners: false),
        ["area"] = x => F.interpolate(x, scale_factor: [0.6, 0.6], mode: InterpolationMode.Area),
        ["pad_constant"] = x => F.pad(x, (1, 2, 0, 1), value: 3),
        ["pad_reflect"] = x => F.pad(x, (1, 2, 1, 0), PaddingModes.Reflect),
        ["pad_replicate"] = x => F.pad(x, (1, 2, 1, 0), PaddingModes.Replicate),
        ["pad_circular"] = x => F.pad(x, (1, 2, 1, 0), PaddingModes.Circular),
        ["unfold"] = x => F.unfold(x, (2, 3), padding: (1, 0), stride: (2, 1)),
        ["fold"] = x => F.fold(x, (3, 4), (2, 2)),
        ["pixel_shuffle"] = x => F.pixel_shuffle(x, 2),
        ["pixel_unshuffle"] = x => F.pixel_unshuffle(x, 2),
        ["grid_sample"] = x => F.grid_sample(x, Ramp([1, 2, 3, 2], -1.2, 1.1), GridSampleMode.Bilinear, GridSamplePaddingMode.Border, false),
        ["grid_sample_reflection"] = x => F.grid_sample(x, Ramp([1, 2, 3, 2], -1.7, 1.6), GridSampleMode.Nearest, GridSamplePaddingMode.Reflection, true),
        ["affine_grid"] = x => F.affine_grid(x, [1, 1, 2, 3], true),
        ["cosine_similarity"] = x => F.cosine_similarity(x, Ramp([2, 3], 0.2, 3), 1),
        ["attention"] = x => F.scaled_dot_product_attention(x, x.flip(1), x * 2),
        ["attention_causal"] = x => F.scaled_dot_product_attention(x, x.flip(1), x * 2, is_casual: true),
        ["attention_mask"] = x => F.scaled_dot_product_attention(x, x.flip(1), x * 2, Ramp([3, 3])),
        ["cross_entropy"] = x => F.cross_entropy(x, tensor(new long[] { 2, 0, 1, 255 }), Ramp([3], 1, 2), 255, label_smoothing: 0.1),
        ["cross_entropy_none"] = x => F.cross_entropy(x, tensor(new long[] { 2, 0 }), reduction: Reduction.None),
        ["nll_loss"] = x => F.nll_loss(x, tensor(new long[] { 2, 0 }), Ramp([3], 1, 2), Reduction.Sum),
        ["mse_loss"] = x => F.mse_loss(x, Ramp([2, 3], 0)),
        ["l1_loss"] = x => F.l1_loss(x, Ramp([2, 3], 0), Reduction.Sum),
        ["smooth_l1_loss"] = x => F.smooth_l1_loss(x, Ramp([2, 3], 0, 3), beta: 0.5),
        ["huber_loss"] = x => F.huber_loss(x, Ramp([2, 3], 0, 3), 0.5),
        ["binary_cross_entropy"] = x => F.binary_cross_entropy(x, Ramp([2, 3], 0)),
        ["binary_cross_entropy_with_logits"] = x => F.binary_cross_entropy_with_logits(x, Ramp([2, 3], 0), pos_weights: Ramp([3], 1, 2)),
        ["kl_div"] = x => F.kl_div(x, Ramp([2, 3], -2, -1)),
        ["kl_div_probabilities"] = x => F.kl_div(x, Ramp([2, 3], 0.1, 0.9), log_target: false, reduction: Reduction.Sum),
        ["cosine_embedding_loss"] = x => F.cosine_embedding_loss(x, Ramp([2, 3], 0.2, 3), tensor(new long[] { 1, -1 }), 0.1),
    };

    public static TheoryData<string> Recorded => Names<Case>("functional");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_function_and_its_gradient_are_PyTorchs(string name) => Check(Read<Case>("functional")[name], s_functions[name]);

    [Fact]
    public void Every_function_listed_here_is_recorded() => Assert.Equal(Read<Case>("functional").Keys.Order(), s_functions.Keys.Order());
}
