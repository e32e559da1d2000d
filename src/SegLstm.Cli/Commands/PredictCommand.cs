using System.CommandLine;
using SegLstm.Models;
using SegLstm.Training;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm predict`: rasters of any size into a classified GeoTIFF and a picture to look at.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Checkpoint = CommonOptions.Checkpoint();
    private static readonly MapOptions Maps = new();

    private static readonly Option<string[]> Images = new("--image", "-i")
    {
        Description = MapOptions.Rasters, HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "predict", "Map a raster of any size, or several, into a classified GeoTIFF with georeferencing and a colour table.",
            "seglstm predict -c runs/first/best.safetensors -i scene.tif -o map.tif --overlay map.png",
            "seglstm predict -c best.safetensors -i landsat.tif --bands 3,2,1       bands in another order than the model's",
            "seglstm predict -c best.safetensors -i city.tif --resume               go on after a crash",
            "seglstm predict -c best.safetensors -i east.tif west.tif --crs EPSG:32618 --cog --polygons map.gpkg",
            "seglstm predict -c best.safetensors -i city.tif --processes 2 --threads 1   by two processes; also under torchrun and srun",
            "gdalinfo map.tif                                                       look at what was written")
        {
            Checkpoint, Images,
        };
        Maps.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string checkpoint = Require.File(arguments.GetValue(Checkpoint)!, Checkpoint.Name);
        string[] images = [.. arguments.GetValue(Images)!.Select(image => Require.File(image, Images.Name))];
        if (Maps.Begin(arguments) is { } code) return code;
        ModelCard card = ModelCheckpoint.ReadCard(checkpoint);
        Segmenter? model = null;
        try
        {
            Maps.Map(arguments, images, card, [checkpoint], () => model = ModelCheckpoint.Load(checkpoint).Model);
        }
        finally
        {
            model?.Dispose();
        }

        return 0;
    }
}
