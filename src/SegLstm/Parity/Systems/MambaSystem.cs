using SegLstm.Models.Mamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>The Mamba block, on a whole sequence and token by token.</summary>
public sealed class MambaSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "mamba";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        var stepwise = config.Text("cls") switch
        {
            "Mamba" => false,
            "Mamba.step" => true,
            _ => throw config.Wrong("cls", "Mamba or Mamba.step"),
        };
        var (block, x) = (new Mamba(Block(config)), Tokens(config, tensors));
        return stepwise
            ? new Subject(() => Steps(block, x)) { Module = block, Optional = ["conv_state", "ssm_state"] }
            : new Subject(() => [("y", block.forward(x))]) { Module = block };
    }

    /// <summary>The arguments of the authors' class; those that only say how it starts are noted.</summary>
    internal static MambaConfig Block(GoldenConfig config)
    {
        config.Note("layer_idx", "use_fast_path", "dt_min", "dt_max", "dt_init", "dt_scale", "dt_init_floor");
        var defaults = new MambaConfig { Dim = config.Integer("d_model") };
        return defaults with
        {
            StateSize = config.Integer("d_state", defaults.StateSize),
            ConvKernelSize = config.Integer("d_conv", defaults.ConvKernelSize),
            Expansion = config.Integer("expand", defaults.Expansion),
            StepRank = config.Has("dt_rank") ? config.Integer("dt_rank") : null,
            Bias = config.Flag("bias", defaults.Bias),
            ConvBias = config.Flag("conv_bias", defaults.ConvBias),
        };
    }

    /// <summary>Tokens (B, L, d_model).</summary>
    internal static Tensor Tokens(GoldenConfig config, GoldenTensors tensors)
    {
        var shape = tensors["x"].shape;
        return shape.Length == 3
            ? tensors.Of("x", config.Integer("B", shape[0]), config.Integer("L", shape[1]), config.Integer("d_model"))
            : throw new GoldenException(
                $"contradicts itself: input.x must be (B, L, d_model), it is [{string.Join(", ", shape)}]");
    }

    private static IEnumerable<(string, Tensor)> Steps(Mamba block, Tensor x)
    {
        var state = MambaState.Empty(block.Config, x.shape[0], x.dtype);
        var outputs = new List<Tensor>();
        foreach (var token in x.unbind(1))
        {
            (var y, state) = block.Step(token, state);
            outputs.Add(y);
        }

        return [("y", stack(outputs, 1)), ("conv_state", state.Convolution), ("ssm_state", state.Scan)];
    }
}
