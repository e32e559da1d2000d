using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Attention in several heads (Vaswani et al. 2017). Shapes: queries <c>(L, N, E)</c>, keys <c>(S, N, K)</c>, values
/// <c>(S, N, V)</c>, result <c>(L, N, E)</c>, weights averaged over the heads <c>(N, L, S)</c>.
/// </summary>
public sealed class MultiheadAttention : Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor>>
{
    [ComponentName(Name = "in_proj_weight")] private readonly Parameter? _allWeights;
    [ComponentName(Name = "q_proj_weight")] private readonly Parameter? _queryWeight;
    [ComponentName(Name = "k_proj_weight")] private readonly Parameter? _keyWeight;
    [ComponentName(Name = "v_proj_weight")] private readonly Parameter? _valueWeight;
    [ComponentName(Name = "in_proj_bias")] private readonly Parameter? _allBiases;
    [ComponentName(Name = "bias_k")] private readonly Parameter? _extraKey;
    [ComponentName(Name = "bias_v")] private readonly Parameter? _extraValue;
    [ComponentName(Name = "out_proj")] private readonly Linear _output;
    private readonly long _dims, _heads;
    private readonly double _dropout;
    private readonly bool _addZero;

    internal MultiheadAttention(long embedded_dim, long num_heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn, long? kdim, long? vdim)
        : base(nameof(MultiheadAttention))
    {
        if (num_heads <= 0 || embedded_dim % num_heads != 0)
            throw new ArgumentException($"The heads must divide the dimensions; got {num_heads} heads for {embedded_dim} dimensions.", nameof(num_heads));
        (_dims, _heads, _dropout, _addZero) = (embedded_dim, num_heads, dropout, add_zero_attn);

        // The output map draws its numbers first, as in PyTorch.
        _output = Linear(_dims, _dims, bias);
        var (keyDims, valueDims) = (kdim ?? _dims, vdim ?? _dims);
        if (keyDims == _dims && valueDims == _dims)
            _allWeights = Xavier(3 * _dims, _dims);
        else
            (_queryWeight, _keyWeight, _valueWeight) = (Xavier(_dims, _dims), Xavier(_dims, keyDims), Xavier(_dims, valueDims));
        if (bias)
        {
            _allBiases = LayerInitialization.Full([3 * _dims], 0, null, null);
            init.zeros_(_output.bias!);
        }
        if (add_bias_kv) (_extraKey, _extraValue) = (XavierNormal(), XavierNormal());
        RegisterComponents();
    }

    /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
    public new Tuple<Tensor, Tensor> call(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null)
        => base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

    /// <summary>Attends from each query to the keys.</summary>
    /// <param name="query">Queries.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values.</param>
    /// <param name="key_padding_mask">Boolean, <c>(N, S)</c>: true where a key is to be left out.</param>
    /// <param name="need_weights">Whether the weights are returned; null otherwise.</param>
    /// <param name="attn_mask"><c>(L, S)</c> or <c>(N heads, L, S)</c>: boolean, true where a key is to be left out; or numbers to add.</param>
    public override Tuple<Tensor, Tensor> forward(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
    {
        if (query.dim() != 3 || key.dim() != 3 || value.dim() != 3 || query.size(2) != _dims)
            throw new ArgumentException($"{GetName()} takes queries of shape (L, N, {_dims}), keys and values of three dimensions; got ({string.Join(", ", query.shape)}), ({string.Join(", ", key.shape)}) and ({string.Join(", ", value.shape)}).", nameof(query));
        using var scope = NewDisposeScope();
        var (targets, batch, width) = (query.size(0), query.size(1), _dims / _heads);
        var (q, k, v) = Projected(query, key, value);
        if (_extraKey is not null)
        {
            k = cat([k, _extraKey.expand(1, batch, _dims)]);
            v = cat([v, _extraValue!.expand(1, batch, _dims)]);
        }
        (q, k, v) = (Split(q), Split(k), Split(v));
        if (_addZero)
        {
            var nothing = zeros([batch * _heads, 1, width], q.dtype, q.device);
            (k, v) = (cat([k, nothing], 1), cat([v, nothing], 1));
        }

        var scores = (q / Math.Sqrt(width)).bmm(k.transpose(1, 2));
        var sources = scores.size(2);
        if (attn_mask is not null) scores = scores + Additive(attn_mask, scores, sources);
        if (key_padding_mask is not null)
        {
            var padding = Additive(key_padding_mask.unsqueeze(1), scores, sources).unsqueeze(1).expand(batch, _heads, 1, sources);
            scores = scores + padding.reshape(batch * _heads, 1, sources);
        }
        var weights = functional.dropout(functional.softmax(scores, -1), _dropout, training);
        var result = _output.call(weights.bmm(v).transpose(0, 1).reshape(targets, batch, _dims)).MoveToOuterDisposeScope();
        var mean = need_weights ? weights.view(batch, _heads, targets, sources).mean([1L]).MoveToOuterDisposeScope() : null;
        return Tuple.Create(result, mean!);
    }

    private (Tensor, Tensor, Tensor) Projected(Tensor query, Tensor key, Tensor value)
    {
        var biases = _allBiases?.chunk(3);
        var weights = _allWeights?.chunk(3) ?? [_queryWeight!, _keyWeight!, _valueWeight!];
        return (functional.linear(query, weights[0], biases?[0]), functional.linear(key, weights[1], biases?[1]), functional.linear(value, weights[2], biases?[2]));
    }

    /// <summary><c>(S, N, E)</c> to <c>(N heads, S, E / heads)</c>.</summary>
    private Tensor Split(Tensor x) => x.reshape(x.size(0), x.size(1) * _heads, _dims / _heads).transpose(0, 1);

    /// <summary>A mask as numbers to add, minus infinity where a boolean one is true; keys that the layer adds itself are never masked.</summary>
    private static Tensor Additive(Tensor mask, Tensor scores, long sources)
    {
        var numbers = mask.dtype == ScalarType.Bool
            ? zeros(mask.shape, scores.dtype, scores.device).masked_fill(mask, double.NegativeInfinity)
            : mask.to_type(scores.dtype);
        return functional.pad(numbers, (0, sources - mask.size(-1)));
    }

    private static Parameter Xavier(long rows, long columns)
    {
        var weight = LayerInitialization.Empty([rows, columns], null, null);
        init.xavier_uniform_(weight);
        return weight;
    }

    private Parameter XavierNormal()
    {
        var vector = LayerInitialization.Empty([1, 1, _dims], null, null);
        init.xavier_normal_(vector);
        return vector;
    }
}
