using SegLstm.Checkpoints;
using SegLstm.Heads;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>A backbone with a head, and where wanted an auxiliary head for training: image in, class scores of every pixel
/// out.</summary>
/// <remarks>
/// Names <c>backbone.*, decode_head.*, auxiliary_head.*</c>, as in mmsegmentation's checkpoints.
/// <code>
/// var model = new Segmenter(
///     new SegLSTM(new SegLstmConfig()), new UPerHead([384, 384, 384, 384], 512, 7), new FCNHead(384, 256, 7, 2, 1, false));
/// var logits = model.forward(torch.randn(1, 3, 512, 512));          // (1, 7, 512, 512)
/// </code>
/// </remarks>
public sealed class Segmenter : nn.Module<Tensor, Tensor>
{
    private readonly Backbone backbone;
    private readonly Head decode_head;
    private readonly Head? auxiliary_head;

    /// <summary>Composes the model.</summary>
    /// <param name="backbone">Makes the feature maps.</param>
    /// <param name="head">Makes the scores.</param>
    /// <param name="auxiliary">Makes scores for a second loss in training.</param>
    /// <exception cref="ArgumentException">A head does not fit the backbone or the other head; the message says what
    /// would.</exception>
    public Segmenter(Backbone backbone, Head head, Head? auxiliary = null) : base(nameof(Segmenter))
    {
        CheckFit(backbone, head);
        if (auxiliary is not null)
        {
            CheckFit(backbone, auxiliary);
            if (auxiliary.Classes != head.Classes)
            {
                throw new ArgumentException(
                    $"The auxiliary {auxiliary.GetName()} tells {auxiliary.Classes} classes apart, " +
                    $"the {head.GetName()} {head.Classes}: make both with the same classes.",
                    nameof(auxiliary));
            }
        }

        (this.backbone, decode_head, auxiliary_head) = (backbone, head, auxiliary);
        RegisterComponents();
    }

    /// <summary>The backbone.</summary>
    public Backbone Backbone => backbone;

    /// <summary>The head.</summary>
    public Head Head => decode_head;

    /// <summary>The auxiliary head, if any.</summary>
    public Head? Auxiliary => auxiliary_head;

    /// <summary>Classes it tells apart.</summary>
    public int Classes => decode_head.Classes;

    /// <summary>Image <c>(N, bands, H, W)</c> to logits <c>(N, classes, H, W)</c>.</summary>
    /// <exception cref="ArgumentException">The image's sides are no multiples of <see cref="Backbone.SizeMultiple"/>, or it has
    /// other bands.</exception>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        return Score(decode_head, backbone.call(image), image).MoveToOuterDisposeScope();
    }

    /// <summary>Logits of head and auxiliary head, both <c>(N, classes, H, W)</c>; the second is null where there is no auxiliary
    /// head.</summary>
    /// <param name="image"><c>(N, bands, H, W)</c>.</param>
    public (Tensor Logits, Tensor? Auxiliary) ForwardWithAuxiliary(Tensor image)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.call(image);
        var logits = Score(decode_head, maps, image).MoveToOuterDisposeScope();
        return (logits, auxiliary_head is null ? null : Score(auxiliary_head, maps, image).MoveToOuterDisposeScope());
    }

    /// <summary>Copies parameters into the model; backbone and heads make their own fit first (<see cref="Backbone.Fit"/>,
    /// <see cref="Heads.Head.Fit"/>).</summary>
    /// <exception cref="StateDictException">Names or shapes differ; the message tells all of them.</exception>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        // mmsegmentation's neck stands beside the backbone; here it is the backbone's own, under the same name.
        var named = source.ToDictionary(
            entry => entry.Key.StartsWith("neck.", StringComparison.Ordinal) ? "backbone." + entry.Key : entry.Key,
            entry => entry.Value);
        var fitted = FitPart(named, "backbone.", backbone.Fit);
        fitted = FitPart(fitted, "decode_head.", decode_head.Fit);
        fitted = auxiliary_head is null ? fitted : FitPart(fitted, "auxiliary_head.", auxiliary_head.Fit);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Lets a part of the model fit its own entries, without their prefix; the others stay as they are.</summary>
    private static Dictionary<string, Tensor> FitPart(
        Dictionary<string, Tensor> checkpoint, string prefix, Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> fit)
    {
        var parts = checkpoint.ToLookup(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal));
        var fitted = parts[false].ToDictionary();
        foreach (var (name, value) in fit(parts[true].ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value)))
        {
            fitted[prefix + name] = value;
        }

        return fitted;
    }

    private static Tensor Score(Head head, Tensor[] maps, Tensor image) =>
        Resizing.Bilinear(head.call(maps), image.shape[2], image.shape[3]);

    private static void CheckFit(Backbone backbone, Head head)
    {
        var given = $"{backbone.GetName()} gives maps of [{string.Join(", ", backbone.Channels)}] channels " +
            $"at strides [{string.Join(", ", backbone.Strides)}]";
        if (head.Inputs.FirstOrDefault(i => i >= backbone.Channels.Length, -1) is >= 0 and var missing)
        {
            throw new ArgumentException(
                $"{head.GetName()} reads feature map {missing}, but {given}: " +
                $"choose inputs from 0 to {backbone.Channels.Length - 1}.",
                nameof(head));
        }

        var channels = head.Inputs.Select(i => backbone.Channels[i]).ToArray();
        if (!channels.SequenceEqual(head.InChannels))
        {
            throw new ArgumentException(
                $"{head.GetName()} reads maps [{string.Join(", ", head.Inputs)}] " +
                $"with [{string.Join(", ", head.InChannels)}] channels, but {given}: " +
                $"make the head with input channels [{string.Join(", ", channels)}].",
                nameof(head));
        }

        var strides = head.Inputs.Select(i => backbone.Strides[i]).ToArray();
        if (strides.Zip(strides.Skip(1)).Any(pair => pair.First > pair.Second))
        {
            throw new ArgumentException(
                $"{head.GetName()} reads its maps from fine to coarse, but {given} " +
                $"and the head asks for strides [{string.Join(", ", strides)}]: " +
                $"order the inputs as [{string.Join(", ", head.Inputs.OrderBy(i => backbone.Strides[i]))}].",
                nameof(head));
        }

        if (head.ProblemWith(strides) is { } problem)
        {
            throw new ArgumentException($"{given}. {problem}", nameof(head));
        }
    }
}
