using System.Globalization;
using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Models.DeepLab;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Handover;

/// <summary>The weights of a pre-training run, ready for fine-tuning.</summary>
/// <remarks>
/// Takes files of this library and state dicts of GLCNet's code. A method with two encoders hands on the trained one: names
/// behind <c>encoder_q.</c> (MoCo) or <c>online_encoder.</c> (BYOL) count, all others are left.
/// <code>
/// using var weights = PretrainedWeights.Load("runs/glcnet/best.safetensors");
/// weights.Into(Catalog.Create("vil2_tiny", classes: 7, channels: 3, imageSize: 256));
/// </code>
/// </remarks>
public sealed class PretrainedWeights : IDisposable
{
    private const string Key = "seglstm.pretraining", BackbonePrefix = "backbone.", EncoderPrefix = "encoder.",
        DecoderPrefix = "decoder.";

    private static readonly string[] TrainedEncoders = ["encoder_q.", "online_encoder."];

    private readonly Dictionary<string, Tensor> tensors;

    private PretrainedWeights(Dictionary<string, Tensor> tensors) => this.tensors = tensors;

    /// <summary>Names of the weights: <c>backbone.*</c>, and <c>encoder.*</c>, <c>decoder.*</c> and heads where there are.</summary>
    public IReadOnlyCollection<string> Names => tensors.Keys;

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">A .safetensors, .pth or .pt file (<see cref="Checkpoint"/>).</param>
    /// <exception cref="InvalidDataException">It has no weights of a backbone.</exception>
    public static PretrainedWeights Load(string path)
    {
        var all = Checkpoint.Load(path);
        var prefix = TrainedEncoders.FirstOrDefault(
            known => all.Keys.Any(name => name.StartsWith(known, StringComparison.Ordinal)), "");
        var named = new Dictionary<string, Tensor>();
        foreach (var (name, value) in all)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                named.Add(name[prefix.Length..], value.DetachFromDisposeScope());
            }
            else
            {
                value.Dispose();
            }
        }

        var weights = new PretrainedWeights(named);
        if (named.Keys.Any(name => name.StartsWith(BackbonePrefix, StringComparison.Ordinal)))
        {
            return weights;
        }

        weights.Dispose();
        throw new InvalidDataException(
            $"{path} has no pre-trained backbone: expected names that begin with {BackbonePrefix}, got "
            + $"{string.Join(", ", named.Keys.Take(3))} and others.");
    }

    /// <summary>Fills the backbone of a segmenter; its heads stay fresh.</summary>
    /// <exception cref="StateDictException">Names or shapes of the backbones differ; the message tells all of them, and nothing
    /// is changed.</exception>
    public PretrainedFit Into(Segmenter model)
    {
        model.Backbone.load_state_dict(Part(BackbonePrefix));
        return Fit(model, name => name.StartsWith(BackbonePrefix, StringComparison.Ordinal));
    }

    /// <summary>Fills a DeepLabV3+ by GLCNet's rules.</summary>
    /// <param name="model">The network for fine-tuning.</param>
    /// <param name="parts">What is taken over.</param>
    /// <exception cref="ArgumentException">The decoder is to be taken over, and the network's is one that does not take
    /// it.</exception>
    /// <exception cref="StateDictException">Names or shapes of what is taken over differ; the message tells all of them, and
    /// nothing is changed.</exception>
    public PretrainedFit Into(DeepLabV3Plus model, PretrainedParts parts = PretrainedParts.Encoder)
    {
        if (parts == PretrainedParts.Decoder && model.Config.Decoder != DeepLabDecoderKind.KeptInFineTuning)
        {
            throw new ArgumentException(
                $"The decoder cannot be taken over by a network with the decoder {model.Config.Decoder}: make it with "
                + $"{DeepLabDecoderKind.KeptInFineTuning}, or take over {PretrainedParts.Encoder}.", nameof(parts));
        }

        string[] prefixes = [BackbonePrefix, EncoderPrefix, DecoderPrefix];
        bool Taken(string name) => prefixes.Take(1 + (int)parts).Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !name.StartsWith("decoder.conv4", StringComparison.Ordinal);
        var given = tensors.Where(entry => Taken(entry.Key)).ToDictionary();
        StateDictFit.Require(model, given, strict: true, skip: [.. model.state_dict().Keys.Where(name => !Taken(name))]);
        model.load_state_dict(given, strict: false);
        return Fit(model, Taken);
    }

    /// <summary>Writes a method's whole state dict, atomically.</summary>
    /// <param name="path">A file name that ends in .safetensors.</param>
    /// <param name="method">The method, in any mode and on any device.</param>
    /// <param name="epochs">Epochs that are done.</param>
    /// <param name="loss">Mean loss of the last of them; NaN where it is not known.</param>
    internal static void Save(string path, PretrainingMethod method, int epochs, double loss)
    {
        using var scope = NewDisposeScope();
        SafeTensors.Save(path, method.state_dict(), new Dictionary<string, string>
        {
            ["format"] = "pt",
            [Key] = string.Create(CultureInfo.InvariantCulture, $"{method.GetName()}, {epochs} epochs, loss {loss:R}"),
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private Dictionary<string, Tensor> Part(string prefix) => tensors
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private PretrainedFit Fit(nn.Module model, Func<string, bool> taken)
    {
        var names = model.state_dict().Keys.ToArray();
        return new PretrainedFit(
            [.. names.Where(taken)], [.. names.Where(name => !taken(name))], [.. tensors.Keys.Where(name => !taken(name))]);
    }
}
