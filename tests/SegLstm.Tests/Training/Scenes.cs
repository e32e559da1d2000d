using SegLstm.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

/// <summary>Small labelled scenes that a model can learn in seconds.</summary>
internal static class Scenes
{
    /// <summary>Diagonal stripes of three classes; the two bands tell them apart under noise.</summary>
    public static Scene Stripes(int height, int width)
    {
        using var scope = NewDisposeScope();
        Generator random = new Generator(11);
        Tensor rows = arange(height).unsqueeze(1), columns = arange(width).unsqueeze(0);
        Tensor label = ((rows + columns).div(8, RoundingMode.floor).remainder(3)).to_type(ScalarType.Int64);
        Tensor noise = randn([2, height, width], generator: random);
        Tensor image = stack([label.eq(1), label.eq(2)]).to_type(ScalarType.Float32) * 40 + 100 + 8 * noise;
        return new Scene
        {
            Name = "stripes",
            Image = image.DetachFromDisposeScope(),
            BandNames = ["first", "second"],
            DisplayBands = [0, 1, 1],
            Label = label.DetachFromDisposeScope(),
            Legend = new ClassLegend(
                ("low", new Rgb(0, 114, 178)), ("first", new Rgb(240, 228, 66)), ("second", new Rgb(213, 94, 0))),
            Provenance = "drawn by the tests",
        };
    }
}
