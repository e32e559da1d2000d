using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises the trailing dimensions to mean 0 and variance 1, then scales and shifts (Ba et al. 2016).</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = (long[])normalized_shape.Clone();
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (elementwise_affine)
        {
            _weight = LayerInitialization.Full(normalized_shape, 1, dtype, device);
            if (bias) _bias = LayerInitialization.Full(normalized_shape, 0, dtype, device);
        }
        RegisterComponents();
    }

    /// <summary>The sizes of the trailing dimensions that are normalised together.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Whether there is a scale.</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>The scale, of <see cref="normalized_shape"/>; null without <see cref="elementwise_affine"/>.</summary>
    public Parameter weight { get => _weight!; set => ReplaceParameter(ref _weight, value, nameof(weight)); }

    /// <summary>The offset, of <see cref="normalized_shape"/>, or null.</summary>
    public Parameter? bias { get => _bias; set => ReplaceParameter(ref _bias, value, nameof(bias)); }

    /// <summary>Sets the scale to 1 and the offset to 0.</summary>
    public void reset_parameters()
    {
        if (_weight is not null) init.ones_(_weight);
        if (_bias is not null) init.zeros_(_bias);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
}
