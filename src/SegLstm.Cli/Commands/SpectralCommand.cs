using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Models;
using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba.Published;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm spectral`: classifiers of hyperspectral pixels, and what is known of SpectralMamba's design.</summary>
internal static class SpectralCommand
{
    private static readonly Option<int> Bands = new("--bands")
    {
        Description = "Bands of a spectrum.", HelpName = "N", DefaultValueFactory = _ => PublishedRow.Bands,
    };
    private static readonly Option<int> Classes = new("--classes")
    {
        Description = "Number of classes.", HelpName = "N", DefaultValueFactory = _ => PublishedRow.Classes,
    };
    private static readonly Option<bool> Stems = new("--stems")
    {
        Description = "Also designs with a convolution along the bands in front: 16 times as many.",
    };
    private static readonly Option<int> Shown = new("--show")
    {
        Description = "How many of the plainest designs to list.", HelpName = "N", DefaultValueFactory = _ => 10,
    };

    public static Command Create()
    {
        var models = new ExampleCommand("models", "List SpectralMamba and its rivals, with their counts beside the published ones.",
            "seglstm spectral models",
            "seglstm spectral models --bands 144 --classes 15")
        {
            Bands, Classes,
        };
        models.SetAction(Models);
        var designs = new ExampleCommand("designs",
            "Search what SpectralMamba's paper leaves open for designs with its published counts.",
            "seglstm spectral designs",
            "seglstm spectral designs --stems --show 50")
        {
            Stems, Shown,
        };
        designs.SetAction(Designs);
        return new ExampleCommand("spectral", "Classify hyperspectral pixels: SpectralMamba and its rivals.",
            "seglstm spectral models",
            "seglstm spectral compare synthetic --methods neighbours,svm,spectralmamba_pixel --draws 3",
            "seglstm spectral train scene.mat --labels labels.mat --share 0.05 --split disjoint --out model.safetensors",
            "seglstm spectral map other.tif -c model.safetensors --out map.tif",
            "seglstm spectral designs")
        {
            models, SpectralCompareCommand.Create(), SpectralTrainCommand.Create(), SpectralMapCommand.Create(), designs,
        };
    }

    private static int Models(ParseResult arguments)
    {
        int bands = Require.AtLeast(arguments.GetValue(Bands), 1, Bands.Name);
        int classes = Require.AtLeast(arguments.GetValue(Classes), 1, Classes.Name);
        bool published = (bands, classes) == (PublishedRow.Bands, PublishedRow.Classes);
        string[] beside = published ? ["published K", "published M"] : [];
        Table table = Tables.New(["model", "parameters", "multiply-adds", "counted K", "counted M", .. beside]).AddColumn("what it is");
        foreach (PixelClassifierEntry entry in PixelClassifiers.All)
        {
            using PixelClassifier model = Outline.Of(() => entry.Create(bands, classes));
            ProfilerCost cost = model.Profiled;
            string[] known = published
                ? [Number(entry.Published?.KiloParameters), Number(entry.Published?.MegaMultiplyAdds)] : [];
            string[] cells =
            [
                entry.Name, $"{Complexity.CountParameters(model)}", model.MultiplyAdds.ToString("0", CultureInfo.InvariantCulture),
                Number(cost.KiloParameters), Number(cost.MegaMultiplyAdds), .. known, entry.Description,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"{bands} bands, {classes} classes. Parameters and multiply-adds of one pixel by this project's rules; "
            + $"counted: as the published tables count, for batches of {ProfilerCost.TableBatch}.");
        Terminal.Out.WriteLine("SpectralMamba is a reconstruction: only its gated merging is known. CasRNN and SpectralFormer have the "
            + "sizes that their published counts fix.");
        return 0;
    }

    private static int Designs(ParseResult arguments)
    {
        int shown = Require.AtLeast(arguments.GetValue(Shown), 0, Shown.Name);
        using var interruption = new Interruption();
        DesignSearchReport report = PublishedDesignSearch.Run(arguments.GetValue(Stems), interruption.Token);
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Tried:N0} designs counted; {report.Fits.Count:N0} have the published counts of the pixelwise model, "
            + $"{report.AblationFits.Count:N0} of these also the ablation's savings."));
        Terminal.Out.WriteLine("No design can have both published parameter counts: they differ by 22,621 to 22,639 when each is rounded "
            + "correctly, the gated merging has 22,620.");
        foreach ((string title, IReadOnlyList<PublishedDesign> designs) in new[]
        {
            ("plainest with the ablation's savings:", report.AblationFits), ("plainest:", report.Fits),
        })
        {
            if (designs.Count == 0 || shown == 0) continue;
            Terminal.Out.WriteLine(title);
            foreach (PublishedDesign design in designs.Take(shown))
            {
                ProfilerCost cost = design.Cost;
                Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {design.Departures} departures, {cost.Parameters} parameters, {cost.MultiplyAdds} multiply-adds: {design}"));
            }
        }

        return 0;
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
