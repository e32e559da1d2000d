using SegLstm.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>A table of vectors looked up by index: int64 <c>(…)</c> to <c>(…, dims)</c>.</summary>
public sealed class Embedding : Module<Tensor, Tensor>
{
    private static readonly Operator s_embedding = new("aten::embedding", "");
    private static readonly Operator s_renorm = new("aten::embedding_renorm_", "");

    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    private readonly long _padding;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleByFrequency;
    private readonly bool _sparse;

    internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
        : base(nameof(Embedding))
    {
        var rows = weight.shape[0];
        if (padding_idx is { } index && (index >= rows || index < -rows))
            throw new ArgumentOutOfRangeException(nameof(padding_idx), index, $"padding_idx must be a row of the table, which has {rows} rows.");
        _weight = weight;
        _padding = padding_idx is not { } row ? -1 : row < 0 ? row + rows : row;
        (_maxNorm, _normType, _scaleByFrequency, _sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
        RegisterComponents();
    }

    internal static Parameter InitialTable(long rows, long dims, long? padding_idx, Device? device, ScalarType? dtype)
    {
        var table = LayerInitialization.Empty([rows, dims], dtype, device);
        init.normal_(table);
        if (padding_idx is not { } index) return table;
        using var noGradient = no_grad();
        using var row = table.select(0, index);
        row.zero_();
        return table;
    }

    /// <summary>The table, <c>(rows, dims)</c>.</summary>
    public Parameter? weight
    {
        get => _weight;
        set => ReplaceParameter(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_maxNorm is { } limit)
        {
            using var noGradient = no_grad();
            using var indices = input.contiguous();
            s_renorm.Invoke(_weight, indices, limit, _normType).Dispose();
        }
        return s_embedding.Invoke(_weight, input, _padding, _scaleByFrequency, _sparse);
    }
}
