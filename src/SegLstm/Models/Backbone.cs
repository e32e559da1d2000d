using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>Makes a pyramid of feature maps of an image. Adding a model is one such class and one line in the
/// <see cref="Catalog"/>.</summary>
/// <remarks>Input <c>(N, bands, H, W)</c>; output k is <c>(N, Channels[k], ~H / Strides[k], ~W / Strides[k])</c>.</remarks>
public abstract class Backbone : nn.Module<Tensor, Tensor[]>
{
    /// <summary>Declares what comes out.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="strides">Image pixels in a step of each map.</param>
    /// <param name="channels">Channels of each map.</param>
    protected Backbone(string name, int[] strides, int[] channels) : base(name)
    {
        if (strides.Length == 0 || strides.Length != channels.Length)
        {
            throw new ArgumentException(
                $"{name}: expected as many strides as channels and at least one, got {strides.Length} and {channels.Length}.");
        }

        (Strides, Channels) = (strides, channels);
    }

    /// <summary>Image pixels in a step of each feature map.</summary>
    public int[] Strides { get; }

    /// <summary>Channels of each feature map.</summary>
    public int[] Channels { get; }

    /// <summary>Both image sides must be multiples of this.</summary>
    public abstract int SizeMultiple { get; }

    /// <summary>Forget what blocks compute inside, and compute it again for their gradients: less memory, a forward pass more a
    /// step.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary>Makes a checkpoint fit: position embeddings of another resolution are resized, names of another source
    /// translated. Backbones that need neither leave it as it is.</summary>
    /// <param name="checkpoint">Tensors by name.</param>
    /// <returns>Tensors by the names of this backbone's state dict; what does not fit stays, for loading to tell of it.</returns>
    public virtual Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) => checkpoint;

    /// <summary>Copies parameters into the backbone, once <see cref="Fit"/> has made them fit.</summary>
    /// <exception cref="StateDictException">Names or shapes differ; the message tells all of them.</exception>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = Fit(source);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds for one image, by the convention of <see cref="Complexity"/>.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public abstract double MultiplyAdds(long height, long width);
}
