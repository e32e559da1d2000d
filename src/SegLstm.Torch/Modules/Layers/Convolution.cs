using SegLstm.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What convolutions and transposed convolutions share: geometry, weight and bias.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    /// <summary>The offset of each output channel.</summary>
    [ComponentName(Name = nameof(bias))] protected Parameter? _bias;

    /// <summary>The kernels.</summary>
    [ComponentName(Name = nameof(weight))] protected Parameter? _weight;

    /// <summary>Padding as <c>functional.pad</c> wants it: last dimension first, both sides.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    /// <summary>A convolution; one number a spatial dimension in each list.</summary>
    /// <exception cref="ArgumentException">The groups do not divide the channels, or the padding does not fit.</exception>
    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null) : base(name)
    {
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"{name}: groups must divide both channel counts; got {groups} groups for {in_channels} in and {out_channels} out.", nameof(groups));
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException($"{name}: a transposed convolution pads with zeros only; got {padding_mode}.", nameof(padding_mode));

        (this.in_channels, this.out_channels, this.groups) = (in_channels, out_channels, groups);
        (this.kernel_size, this.stride, this.dilation) = (kernel_size, stride, dilation);
        (this.transposed, this.output_padding, this.padding_mode) = (transposed, output_padding, padding_mode);
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);

        long[] channels = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        _weight = LayerInitialization.Empty([.. channels, .. kernel_size], dtype, device);
        if (bias) _bias = LayerInitialization.Empty([out_channels], dtype, device);
        reset_parameters();
        register_parameter(nameof(weight), _weight);
        if (_bias is not null) register_parameter(nameof(bias), _bias);
    }

    /// <summary>Channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>Channels of the output.</summary>
    public long out_channels { get; }

    /// <summary>Whether this is a transposed convolution.</summary>
    public bool transposed { get; }

    /// <summary>The padding's name, or null where it is given in pixels.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>The padding in pixels, or null where it is given by name.</summary>
    public long[]? padding { get; private set; }

    /// <summary>What stands outside the image.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>Into how many independent groups the channels fall.</summary>
    public long groups { get; set; }

    /// <summary>The kernel's size.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps between outputs.</summary>
    public long[] stride { get; set; }

    /// <summary>Steps between the kernel's taps.</summary>
    public long[] dilation { get; set; }

    /// <summary>Added to one side of a transposed convolution's output.</summary>
    public long[] output_padding { get; set; }

    /// <summary>The kernels, <c>(out, in / groups, *kernel)</c>, or <c>(in, out / groups, *kernel)</c> where transposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => ReplaceParameter(ref _weight, value ?? throw new ArgumentNullException(nameof(weight)), nameof(weight));
    }

    /// <summary>The offsets, <c>(out)</c>, or null.</summary>
    public Parameter? bias { get => _bias; set => ReplaceParameter(ref _bias, value, nameof(bias)); }

    /// <summary>Draws new weights and offsets.</summary>
    public void reset_parameters() => LayerInitialization.WeightAndBias(_weight!, _bias);

    /// <summary>Sets the padding in pixels, one number a spatial dimension.</summary>
    public void SetPadding(long[] padding)
    {
        (this.padding, padding_type) = (padding, null);
        _reversed_padding_repeated_twice = padding.Reverse().SelectMany(pixels => new[] { pixels, pixels }).ToArray();
    }

    /// <summary>Sets the padding by name.</summary>
    /// <exception cref="ArgumentException">The convolution is transposed, or <c>Same</c> meets a stride other than 1.</exception>
    public void SetPadding(Padding padding)
    {
        if (transposed) throw new ArgumentException($"{GetName()}: a transposed convolution takes its padding in pixels.", nameof(padding));
        if (padding == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException($"{GetName()}: padding 'same' needs stride 1; got ({string.Join(", ", stride)}).", nameof(padding));
        (this.padding, padding_type) = (null, padding);
        var both = new long[2 * kernel_size.Length];
        if (padding == Padding.Same)
            for (var k = 0; k < kernel_size.Length; k++)
            {
                var total = dilation[^(k + 1)] * (kernel_size[^(k + 1)] - 1);
                (both[2 * k], both[2 * k + 1]) = (total / 2, total - total / 2);
            }
        _reversed_padding_repeated_twice = both;
    }

    /// <summary>Whether the input has the right number of channels and dimensions, with or without a batch dimension.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var rank = input.dim();
        return rank == dimensions + 2 && input.size(1) == in_channels || rank == dimensions + 1 && input.size(0) == in_channels;
    }

    private protected void Require(Tensor input, long dimensions)
    {
        if (ValidateShape(input, dimensions)) return;
        var space = dimensions == 1 ? "L" : dimensions == 2 ? "H, W" : "D, H, W";
        throw new ArgumentException($"{GetName()} takes (N, {in_channels}, {space}) or ({in_channels}, {space}); got an input of shape ({string.Join(", ", input.shape)}).", nameof(input));
    }

    /// <summary>Convolves after padding by the mode, where that is not zeros.</summary>
    private protected Tensor Convolve(Operator convolution, Operator byName, Tensor input)
    {
        if (padding_mode is PaddingModes.Zeros or PaddingModes.Constant)
            return padding_type is { } type
                ? byName.Invoke(input, _weight, _bias, stride, type == Padding.Same ? "same" : "valid", dilation, groups)
                : convolution.Invoke(input, _weight, _bias, stride, padding, dilation, groups);
        using var padded = functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
        return convolution.Invoke(padded, _weight, _bias, stride, new long[kernel_size.Length], dilation, groups);
    }
}
