using System.CommandLine;
using SegLstm.Data.Rasters;
using SegLstm.Models;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm predict`: a raster of any size into a classified GeoTIFF and a picture to look at.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Checkpoint = CommonOptions.Checkpoint();
    private static readonly MapOptions Maps = new();

    private static readonly Option<string> Image = new("--image", "-i")
    {
        Description = "The raster to map: GeoTIFF, PNG, JPEG, ENVI ...", HelpName = "FILE", Required = true,
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "predict", "Map a raster of any size into a classified GeoTIFF, with its georeferencing and a colour table.",
            "seglstm predict -c runs/first/best.safetensors -i scene.tif -o map.tif --overlay map.png",
            "seglstm predict -c best.safetensors -i landsat.tif --bands 3,2,1       bands in another order than the model's",
            "gdalinfo map.tif                                                       look at what was written")
        {
            Checkpoint, Image,
        };
        Maps.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string checkpoint = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        string image = Require.File(arguments.GetValue(Image)!, Image.Name);
        Maps.Check(arguments);
        using Raster source = Raster.Open(image);
        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        Segmenter? model = null;
        try
        {
            Maps.Map(arguments, source, card, () => model = ModelCheckpoint.Load(checkpoint).Model);
        }
        finally
        {
            model?.Dispose();
        }

        return 0;
    }
}
