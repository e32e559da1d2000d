using SegLstm.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Gated recurrent units (Cho et al. 2014), in layers, from the first step to the last and back where asked for.</summary>
/// <remarks>Names <c>weight_ih_l{k}, weight_hh_l{k}, bias_ih_l{k}, bias_hh_l{k}</c>, rows in the order reset, update, new; of the
/// reverse direction with <c>_reverse</c> behind. All start from U(-1/√H, 1/√H).</remarks>
public sealed class GRU : Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private static readonly Operator s_gru = new("aten::gru", "input");

    private readonly List<Parameter> _weights = [];
    private readonly long _hidden, _layers;
    private readonly bool _bias, _batchFirst, _bidirectional;
    private readonly double _dropout;

    internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(GRU))
    {
        if (inputSize < 1 || hiddenSize < 1 || numLayers < 1)
            throw new ArgumentException($"{nameof(GRU)}: expected positive sizes, got input {inputSize}, hidden {hiddenSize}, layers {numLayers}.");
        (_hidden, _layers, _bias, _batchFirst, _dropout, _bidirectional) = (hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
        var bound = 1 / Math.Sqrt(hiddenSize);
        for (var layer = 0L; layer < numLayers; layer++)
        {
            var width = layer == 0 ? inputSize : Directions * hiddenSize;
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                Add($"weight_ih_l{layer}{suffix}", 3 * hiddenSize, width);
                Add($"weight_hh_l{layer}{suffix}", 3 * hiddenSize, hiddenSize);
                if (!bias) continue;
                Add($"bias_ih_l{layer}{suffix}", 3 * hiddenSize);
                Add($"bias_hh_l{layer}{suffix}", 3 * hiddenSize);
            }
        }

        void Add(string name, params long[] shape)
        {
            var parameter = LayerInitialization.Empty(shape, dtype, device);
            init.uniform_(parameter, -bound, bound);
            register_parameter(name, parameter);
            _weights.Add(parameter);
        }
    }

    private long Directions => _bidirectional ? 2 : 1;

    /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>Reads sequences.</summary>
    /// <param name="input"><c>(L, N, in)</c>, or <c>(N, L, in)</c> where the batch comes first.</param>
    /// <param name="h0">The state before the first step <c>(layers · directions, N, H)</c>; null: zeros.</param>
    /// <returns>The state of the last layer behind every step <c>(L, N, directions · H)</c> or batch first, and that of every layer
    /// behind its last step <c>(layers · directions, N, H)</c>.</returns>
    /// <exception cref="ArgumentException">The input has not three dimensions.</exception>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
    {
        if (input.dim() != 3)
            throw new ArgumentException($"{GetName()} takes sequences of three dimensions, got ({string.Join(", ", input.shape)}).", nameof(input));
        using var scope = NewDisposeScope();
        var state = h0 ?? zeros([_layers * Directions, input.size(_batchFirst ? 0 : 1), _hidden], input.dtype, input.device);
        var (output, last) = s_gru.Invoke2(input, state, (Tensor[])[.. _weights], _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
        return (output.MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope());
    }
}
