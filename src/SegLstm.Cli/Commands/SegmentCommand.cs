using System.CommandLine;
using SegLstm.Language;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm segment`: rasters of any size and any words into a map.</summary>
internal static class SegmentCommand
{
    private static readonly MapOptions Maps = new();

    private static readonly Argument<string[]> Images = new("IMAGES")
    {
        Description = MapOptions.Rasters, Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Labels = new("--labels", "-l")
    {
        Description = "Words with commas between (or semicolons); 'other' catches what none of them is.",
        HelpName = "a,b,c",
        Required = true,
    };

    private static readonly Option<string> Checkpoint = new("--checkpoint", "-c")
    {
        Description = "A model that learnt with words: best.safetensors of a run of train --words, or LSeg's own checkpoint.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> Text = new("--text")
    {
        Description = "CLIP's weights, for a model that learnt with them (default: those inside LSeg's checkpoint).", HelpName = "FILE",
    };

    private static readonly Option<string?> Bpe = new("--bpe")
    {
        Description = "CLIP's byte pairs, bpe_simple_vocab_16e6.txt.gz (default: the file beside CLIP's weights).", HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "segment", "Map a raster, or several, by words: any list of labels, also ones that the model never learnt.",
            "seglstm train --data synthetic --words glove --out runs/words",
            "seglstm segment scene.tif --labels \"water, building, other\" -c runs/words/best.safetensors --overlay map.png",
            "seglstm segment east.tif west.tif --labels \"water, other\" -c best.safetensors -o both.tif",
            "seglstm segment photo.jpg --labels \"dog, grass, sky\" -c demo_e200.ckpt --bpe bpe_simple_vocab_16e6.txt.gz")
        {
            Images, Labels, Checkpoint, Text, Bpe,
        };
        Maps.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string[] images = [.. arguments.GetValue(Images)!.Select(image => Require.File(image, Images.Name))];
        string checkpoint = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        string? text = arguments.GetValue(Text) is { } weights ? Require.File(weights, Text.Name) : null;
        string? bpe = arguments.GetValue(Bpe) is { } merges ? Require.File(merges, Bpe.Name) : null;
        IReadOnlyList<string> labels = LabelList.Parse(arguments.GetValue(Labels)!);
        if (labels.Count >= ClassMap.NoData)
        {
            throw new UsageException($"{Labels.Name} has {labels.Count} words: a map of one byte a pixel holds {ClassMap.NoData - 1}");
        }

        if (Maps.Begin(arguments) is { } code) return code;
        using LanguageSegmenter segmenter = LanguageSegmenter.Load(checkpoint, text, bpe);
        segmenter.SetLabels(labels);
        string[] files = [.. new[] { checkpoint, text, bpe }.OfType<string>()];
        Maps.Map(arguments, images, segmenter.Card, files, () => segmenter.Model);
        return 0;
    }
}
