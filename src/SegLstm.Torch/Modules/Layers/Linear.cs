using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>An affine map of the last dimension: <c>(…, in)</c> to <c>(…, out)</c>, <c>y = x Wᵀ + b</c>.</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        (in_features, out_features) = (weight.shape[1], weight.shape[0]);
        (_weight, _bias) = (weight, bias);
        RegisterComponents();
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        (in_features, out_features) = (inputSize, outputSize);
        _weight = LayerInitialization.Empty([outputSize, inputSize], dtype, device);
        if (hasBias) _bias = LayerInitialization.Empty([outputSize], dtype, device);
        LayerInitialization.WeightAndBias(_weight, _bias);
        RegisterComponents();
    }

    /// <summary>Size of the input's last dimension.</summary>
    public long in_features { get; set; }

    /// <summary>Size of the output's last dimension.</summary>
    public long out_features { get; set; }

    /// <summary>The matrix, <c>(out, in)</c>.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => ReplaceParameter(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
    }

    /// <summary>The offset, <c>(out)</c>, or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => ReplaceParameter(ref _bias, value, nameof(bias));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.linear(tensor, _weight!, _bias);
}
