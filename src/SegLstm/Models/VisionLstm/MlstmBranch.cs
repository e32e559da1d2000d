using SegLstm.Kernels.SkipGate;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>One direction of an <see cref="MlstmLayer"/>: convolution, maps and cell. The layer registers its modules under the
/// official names.</summary>
internal sealed class MlstmBranch
{
    private readonly HeadwiseLinear q;
    private readonly HeadwiseLinear k;
    private readonly HeadwiseLinear v;
    private readonly nn.Module convolution;
    private readonly nn.Module? keyConvolution;
    private readonly nn.Module? valueConvolution;
    private readonly MatrixLstmCell cell;
    private readonly bool convolveValues;

    public MlstmBranch(MlstmLayerConfig config, bool forward)
    {
        var inner = config.Inner;
        var small = Math.Sqrt(2.0 / (5 * config.Dim));
        HeadwiseLinear Map() => new(inner, config.QkvBlockSize, config.Bias, small);
        nn.Module Convolution() => config.Convolution == ConvolutionKind.Causal1d
            ? new CausalConv1d(inner, config.ConvKernelSize)
            : new SequenceConv2d(inner, config.ConvKernelSize);
        (q, k, v, convolution) = (Map(), Map(), Map(), Convolution());
        convolveValues = config.ConvolveValues;
        if (forward && !config.ShareConvolution)
        {
            keyConvolution = Convolution();
            valueConvolution = convolveValues ? Convolution() : null;
        }

        // In the authors' code the cells of the other directions never have a bias in their norm.
        cell = new MatrixLstmCell(inner, config.Heads, forward && config.Bias, config.Mlstm);
        convolveValues &= forward;
    }

    /// <summary>Official names (without the direction's suffix) and modules.</summary>
    public IEnumerable<(string Name, nn.Module Module)> Modules
    {
        get
        {
            yield return ("q_proj", q);
            yield return ("k_proj", k);
            yield return ("v_proj", v);
            yield return ("conv1d", convolution);
            yield return ("mlstm_cell", cell);
            if (keyConvolution is not null)
            {
                yield return ("conv1d_k", keyConvolution);
            }

            if (valueConvolution is not null)
            {
                yield return ("conv1d_v", valueConvolution);
            }
        }
    }

    /// <summary>a, z <c>(B, S, E)</c> in the branch's order of reading to the gated output <c>(B, S, E)</c>.</summary>
    public Tensor Forward(Tensor a, Tensor z, Parameter skip, TokenLayout? layout)
    {
        using var scope = NewDisposeScope();
        var c = Activated(convolution, a, layout);
        var keys = keyConvolution is null ? c : Activated(keyConvolution, a, layout);
        var values = !convolveValues ? a : valueConvolution is null ? c : Activated(valueConvolution, a, layout);
        var h = cell.call(q.call(c), k.call(keys), v.call(values));
        return SkipGate.Forward(h, c, skip, z).MoveToOuterDisposeScope();
    }

    private static Tensor Activated(nn.Module convolution, Tensor a, TokenLayout? layout) => convolution switch
    {
        SequenceConv2d image when layout is { Extra.Count: > 0 } => nn.functional.silu(image.ForwardMixed(a, layout)),
        SequenceConv2d image => image.Activated(a, layout?.Grid),
        _ => ((CausalConv1d)convolution).Activated(a),
    };
}
