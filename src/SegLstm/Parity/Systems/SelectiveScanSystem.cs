using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>The selective scan of Mamba, as a function.</summary>
public sealed class SelectiveScanSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "selective_scan";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors) =>
        Build(config, tensors, (u, delta, a, b, c, d, z, bias, softplus) =>
            SelectiveScan.ForwardWithState(u, delta, a, b, c, d, z, bias, softplus));

    /// <summary>Builds the subject on one form of the scan.</summary>
    /// <param name="config">The sizes and switches.</param>
    /// <param name="tensors">The inputs.</param>
    /// <param name="scan">The form, such as <see cref="SelectiveScanReference.Forward"/>.</param>
    /// <exception cref="GoldenException">The configuration is unknown or contradicts the tensors.</exception>
    internal static Subject Build(GoldenConfig config, GoldenTensors tensors, ScanForm scan)
    {
        config.Only("function", "selective_scan_ref");
        config.Note("seed");
        long batch = config.Integer("B"), channels = config.Integer("dim");
        long states = config.Integer("N"), length = config.Integer("L");
        var groups = config.Integer("groups", 0);
        Tensor? Optional(string flag, string name, params long[] shape) =>
            config.Flag(flag, false) ? tensors.Of(name, shape) : null;

        // Weights that are the same at every token have no key of their own: their shape says it.
        Tensor Weights(string name) =>
            groups > 0 ? tensors.Of(name, batch, groups, states, length)
            : tensors[name].dim() == 2 ? tensors.Of(name, channels, states)
            : tensors.Of(name, batch, states, length);

        var u = tensors.Of("u", batch, channels, length);
        var delta = tensors.Of("delta", batch, channels, length);
        var a = tensors.Of("A", channels, states);
        var (b, c) = (Weights("B"), Weights("C"));
        var d = Optional("has_D", "D", channels);
        var z = Optional("has_z", "z", batch, channels, length);
        var bias = Optional("has_delta_bias", "delta_bias", channels);
        var softplus = config.Flag("delta_softplus", false);
        return new Subject(() =>
        {
            var (y, last) = scan(u, delta, a, b, c, d, z, bias, softplus);
            return [("y", y), ("last_state", last)];
        }) { Optional = ["last_state"] };
    }

    /// <summary>A form of the scan; parameters as <see cref="SelectiveScanReference.Forward"/>.</summary>
    internal delegate (Tensor Out, Tensor LastState) ScanForm(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias, bool deltaSoftplus);
}
