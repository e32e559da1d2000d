using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>Makes class scores of feature maps. A head knows only the shapes it is given.</summary>
/// <remarks>
/// Heads end alike: channel dropout, then <c>conv_seg</c>, a 1×1 convolution to the classes (normal 0.01, bias 0), at the
/// resolution of the finest map they read. <see cref="LanguageHead"/> compares with words instead. Source: mmsegmentation, <c>BaseDecodeHead</c>.
/// </remarks>
public abstract class Head : nn.Module<Tensor[], Tensor>
{
    [ComponentName(Name = "conv_seg")]
    private readonly Conv2d? classifier;
    private readonly double dropout;

    /// <summary>Declares what the head reads and gives.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="inputs">Which feature maps it reads, by index, from fine to coarse.</param>
    /// <param name="inChannels">Channels of each of them.</param>
    /// <param name="channels">Channels in front of the classifier.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="dropout">Probability in [0, 1) that a channel is dropped in front of the classifier.</param>
    /// <param name="classifies">False: the head tells its classes apart by other means than <see cref="Classifier"/>, and has
    /// none.</param>
    /// <exception cref="ArgumentException">An argument is out of range; the message says which.</exception>
    protected Head(string name, int[] inputs, int[] inChannels, int channels, int classes, double dropout, bool classifies = true)
        : base(name)
    {
        if (inputs.Length == 0 || inputs.Length != inChannels.Length || inputs.Any(i => i < 0) || inChannels.Any(c => c < 1))
        {
            throw new ArgumentException(
                $"{name}: expected one channel count for each input map, " +
                $"got inputs [{string.Join(", ", inputs)}] with channels [{string.Join(", ", inChannels)}].");
        }

        if (channels < 1 || classes < 1 || dropout is < 0 or >= 1)
        {
            throw new ArgumentException(
                $"{name}: channels and classes must be positive and dropout in [0, 1), got {channels}, {classes} and {dropout}.");
        }

        (Inputs, InChannels, Channels, Classes, this.dropout) = (inputs, inChannels, channels, classes, dropout);
        classifier = classifies ? nn.Conv2d(channels, classes, 1) : null;
        if (classifier is not null)
        {
            nn.init.normal_(classifier.weight!, 0, 0.01);
            nn.init.zeros_(classifier.bias!);
        }
    }

    /// <summary>Classes it tells apart.</summary>
    public virtual int Classes { get; }

    /// <summary>Indexes of the feature maps it reads, from fine to coarse.</summary>
    public int[] Inputs { get; }

    /// <summary>Channels of those maps.</summary>
    public int[] InChannels { get; }

    /// <summary>Channels in front of the classifier.</summary>
    public int Channels { get; }

    /// <summary>The classifier.</summary>
    protected Conv2d Classifier => classifier ?? throw new InvalidOperationException($"{GetName()} has no classifier.");

    /// <summary>Why the head cannot read maps at these strides, and what could; null where it can. Most heads take any, from
    /// fine to coarse.</summary>
    /// <param name="strides">Strides of the maps that it reads, in the order of <see cref="Inputs"/>.</param>
    public virtual string? ProblemWith(IReadOnlyList<int> strides) => null;

    /// <summary>Makes a checkpoint fit: drops entries that the authors' files have and nothing reads, translates names of another
    /// source. Most heads need neither.</summary>
    /// <param name="checkpoint">Tensors by name.</param>
    /// <returns>Tensors by the names of this head's state dict; what does not fit stays, for loading to tell of it.</returns>
    public virtual Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) => checkpoint;

    /// <summary>Copies parameters into the head, once <see cref="Fit"/> has made them fit.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        var fitted = Fit(source);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds, by the convention of <see cref="Models.Complexity"/>.</summary>
    /// <param name="pixels">Pixels of each feature map of the backbone.</param>
    public abstract double MultiplyAdds(IReadOnlyList<long> pixels);

    /// <summary>Dropout and classifier: <c>(N, Channels, h, w)</c> to <c>(N, Classes, h, w)</c>.</summary>
    protected Tensor Classify(Tensor features) => Classifier.call(Drop(features));

    /// <summary>Drops whole channels in training.</summary>
    protected Tensor Drop(Tensor features) =>
        training && dropout > 0 ? BatchPart.Drop(features, dropout, channels: true) : features;

    /// <summary>The maps that the head reads, in the order of <see cref="Inputs"/>.</summary>
    /// <exception cref="ArgumentException">There are fewer maps, or a map has other channels.</exception>
    protected Tensor[] Select(Tensor[] maps)
    {
        var selected = new Tensor[Inputs.Length];
        for (var k = 0; k < Inputs.Length; k++)
        {
            selected[k] = Inputs[k] < maps.Length
                ? maps[Inputs[k]]
                : throw new ArgumentException($"{GetName()} reads feature map {Inputs[k]}, but got {maps.Length} maps.",
                    nameof(maps));
            if (selected[k].dim() != 4 || selected[k].shape[1] != InChannels[k])
            {
                throw new ArgumentException(
                    $"{GetName()} expects map {Inputs[k]} as (N, {InChannels[k]}, h, w), " +
                    $"got ({string.Join(", ", selected[k].shape)}).",
                    nameof(maps));
            }
        }

        return selected;
    }

    /// <summary>Multiply-adds of the classifier.</summary>
    protected double ClassifierMultiplyAdds(long pixels) => (double)pixels * Classes * (Channels + 1);

    /// <summary>Resizes to the size of another map.</summary>
    protected static Tensor ResizeLike(Tensor x, Tensor like) => Resizing.Bilinear(x, like.shape[2], like.shape[3]);
}
