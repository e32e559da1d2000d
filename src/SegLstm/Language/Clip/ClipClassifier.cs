using SegLstm.Models.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language.Clip;

/// <summary>Says which of some texts describes an image best, without having learnt them: CLIP's zero-shot classification.</summary>
/// <remarks>Source: Radford et al. (arXiv 2103.00020), section 3.1. Images are resized bicubically with antialiasing, as Pillow
/// does, and cut to a square in the middle. Of several templates the normalised vectors are averaged.</remarks>
/// <param name="model">A model with an image side; not disposed here.</param>
/// <param name="tokenizer">Its tokenizer.</param>
public sealed class ClipClassifier(ClipModel model, ClipTokenizer tokenizer)
{
    private static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f], Std = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Classifies images.</summary>
    /// <param name="images">Colours from 0 to 1, <c>(N, 3, h, w)</c>.</param>
    /// <param name="labels">K labels.</param>
    /// <param name="templates">Sentences around the labels, with <c>{}</c> in the label's place; none: the labels as they
    /// are.</param>
    /// <returns>Probabilities <c>(N, K)</c>; the caller owns them.</returns>
    /// <exception cref="ArgumentException">A template has no <c>{}</c>, a label cannot be encoded, or the images are not
    /// colour.</exception>
    /// <exception cref="InvalidOperationException">The model has no image side.</exception>
    public Tensor Classify(Tensor images, IReadOnlyList<string> labels, params IReadOnlyList<string> templates)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        model.eval();
        var texts = Embed(LabelList.Check(labels), templates);
        return model.Similarity(model.EncodeImage(Prepare(images)), texts).softmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>Labels to <c>(K, E)</c>: the mean over the templates of normalised vectors, normalised.</summary>
    private Tensor Embed(IReadOnlyList<string> labels, IReadOnlyList<string> templates)
    {
        Tensor? sum = null;
        foreach (var template in templates.DefaultIfEmpty("{}"))
        {
            if (!template.Contains("{}"))
            {
                throw new ArgumentException($"The template '{template}' has no place for the label: write {{}} in it.", nameof(templates));
            }

            var unit = ClipModel.Unit(model.EncodeText(tokenizer.Tokenize([.. labels.Select(label => template.Replace("{}", label))])));
            sum = sum is null ? unit : sum + unit;
        }

        return ClipModel.Unit(sum!);
    }

    /// <summary>Shorter side to the model's resolution, the middle cut out, normalised by CLIP's own statistics.</summary>
    internal Tensor Prepare(Tensor images)
    {
        if (images.dim() != 4 || images.shape[1] != 3)
        {
            throw new ArgumentException(
                $"CLIP reads red, green and blue from 0 to 1 as (N, 3, h, w), got ({string.Join(", ", images.shape)}).", nameof(images));
        }

        if (model.Vision is not { } vision)
        {
            return images;
        }

        long side = vision.Resolution;
        using var scope = NewDisposeScope();
        var (rows, columns) = (images.shape[2], images.shape[3]);
        // As torchvision: the longer side is cut to whole pixels.
        (rows, columns) = rows <= columns ? (side, side * columns / rows) : (side * rows / columns, side);
        var resized = images.shape[2] == rows && images.shape[3] == columns ? images
            : nn.functional.interpolate(images, [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true)
                .clamp(0, 1);
        var cut = resized
            .narrow(2, (long)Math.Round((rows - side) / 2.0, MidpointRounding.ToEven), side)
            .narrow(3, (long)Math.Round((columns - side) / 2.0, MidpointRounding.ToEven), side);
        return ((cut - tensor(Mean).view(1, 3, 1, 1)) / tensor(Std).view(1, 3, 1, 1)).MoveToOuterDisposeScope();
    }
}
