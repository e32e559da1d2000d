using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What batch norm and instance norm share: scale, offset and running statistics of each channel.</summary>
public abstract class NormBase : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;
    [ComponentName(Name = nameof(bias))] private Parameter? _bias;
    [ComponentName(Name = nameof(running_mean))] private Tensor? _runningMean;
    [ComponentName(Name = nameof(running_var))] private Tensor? _runningVar;
    [ComponentName(Name = nameof(num_batches_tracked))] private Tensor? _batchesTracked;

    /// <summary>Normalisation of <paramref name="num_features"/> channels, with scale 1, offset 0 and running statistics of 0 and 1.</summary>
    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            _weight = LayerInitialization.Full([num_features], 1, dtype, device);
            _bias = LayerInitialization.Full([num_features], 0, dtype, device);
        }
        if (track_running_stats)
        {
            _runningMean = zeros([num_features], dtype, device);
            _runningVar = ones([num_features], dtype, device);
            _batchesTracked = zeros([], ScalarType.Int64, device);
        }
        RegisterComponents();
    }

    /// <summary>Number of channels.</summary>
    public long num_features { get; }

    /// <summary>Added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>The new batch's share in the running statistics; null for the plain average over all batches.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there is a scale and an offset.</summary>
    public bool affine { get; }

    /// <summary>Whether running statistics are kept.</summary>
    public bool track_running_stats { get; }

    /// <summary>The scale, <c>(C)</c>; null without <see cref="affine"/>.</summary>
    public Parameter weight { get => _weight!; set => ReplaceParameter(ref _weight, value, nameof(weight)); }

    /// <summary>The offset, <c>(C)</c>; null without <see cref="affine"/>.</summary>
    public Parameter? bias { get => _bias; set => ReplaceParameter(ref _bias, value, nameof(bias)); }

    /// <summary>Running mean of each channel, <c>(C)</c>, or null.</summary>
    public Tensor? running_mean { get => _runningMean; set => ReplaceBuffer(ref _runningMean, value, nameof(running_mean)); }

    /// <summary>Running variance of each channel, <c>(C)</c>, or null.</summary>
    public Tensor? running_var { get => _runningVar; set => ReplaceBuffer(ref _runningVar, value, nameof(running_var)); }

    /// <summary>How many batches the running statistics have seen, a scalar int64, or null.</summary>
    public Tensor? num_batches_tracked { get => _batchesTracked; set => ReplaceBuffer(ref _batchesTracked, value, nameof(num_batches_tracked)); }

    /// <summary>Sets the running mean to 0 and the running variance to 1.</summary>
    public void reset_running_stats()
    {
        if (_runningMean is not null) init.zeros_(_runningMean);
        if (_runningVar is not null) init.ones_(_runningVar);
        if (_batchesTracked is not null) init.zeros_(_batchesTracked);
    }

    /// <summary>Sets scale, offset and running statistics as they were at the start.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (_weight is not null) init.ones_(_weight);
        if (_bias is not null) init.zeros_(_bias);
    }

    /// <summary>Throws unless the input has the number of dimensions that the layer normalises.</summary>
    protected abstract void ValidateInputDimensions(Tensor input);

    private protected void Require(Tensor input, long least, long most, string shapes)
    {
        var rank = input.dim();
        if (rank < least || rank > most)
            throw new ArgumentException($"{GetName()} takes {shapes}; got an input of shape ({string.Join(", ", input.shape)}).", nameof(input));
    }
}
