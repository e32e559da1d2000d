using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises groups of channels of each sample of <c>(N, C, *)</c>, then scales and shifts (Wu and He 2018).</summary>
public sealed class GroupNorm : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;

    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        if (num_groups <= 0 || num_channels % num_groups != 0)
            throw new ArgumentException($"num_channels must be a multiple of num_groups; got {num_channels} channels in {num_groups} groups.");
        (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
        if (affine)
        {
            _weight = LayerInitialization.Full([num_channels], 1, dtype, device);
            _bias = LayerInitialization.Full([num_channels], 0, dtype, device);
        }
        RegisterComponents();
    }

    /// <summary>How many groups the channels fall into.</summary>
    public long num_groups { get; set; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Whether there is a scale and an offset.</summary>
    public bool affine { get; set; }

    /// <summary>The scale, <c>(C)</c>; null without <see cref="affine"/>.</summary>
    public Parameter weight { get => _weight!; set => ReplaceParameter(ref _weight, value, nameof(weight)); }

    /// <summary>The offset, <c>(C)</c>, or null.</summary>
    public Parameter? bias { get => _bias; set => ReplaceParameter(ref _bias, value, nameof(bias)); }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.group_norm(tensor, num_groups, _weight, _bias, eps);
}
