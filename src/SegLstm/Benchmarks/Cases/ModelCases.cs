using SegLstm.Kernels.Mlstm;
using SegLstm.Models;
using SegLstm.Models.SegLstm;
using SegLstm.Models.VisionLstm;

namespace SegLstm.Benchmarks.Cases;

/// <summary>Whole models in float32. Reference: the same with the quadratic form of the mLSTM, which the authors' code runs
/// (<see cref="MlstmForm.Parallel"/>).</summary>
/// <remarks>Training is counted as three times the forward pass.</remarks>
internal static class ModelCases
{
    private const int Classes = 7;

    private static readonly MlstmOptions AuthorsForm = new() { Form = MlstmForm.Parallel };

    /// <summary>All cases.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick) => quick ? [Classifier(224, 1).Forward] :
    [
        Classifier(224, 1).Forward, Classifier(224, 8).Forward, Classifier(224, 2).Training, Features(512).Forward,
        Features(512).Training, Published(512),
    ];

    /// <summary>ViL-T with its linear head.</summary>
    private static (BenchmarkCase Forward, BenchmarkCase Training) Classifier(long side, int batch) => Vil(
        "vil2_tiny", VisionLstmConfig.V2 with { Height = side, Width = side }, batch);

    /// <summary>ViL-T without a head: a backbone.</summary>
    /// <param name="side">Pixels a side.</param>
    public static (BenchmarkCase Forward, BenchmarkCase Training) Features(long side) => Vil(
        "vil2_tiny.features",
        VisionLstmConfig.V2 with { Height = side, Width = side, Classes = null, Head = TokenHead.None }, batch: 1);

    private static (BenchmarkCase Forward, BenchmarkCase Training) Vil(string name, VisionLstmConfig config, int batch)
    {
        var shape = new[] { batch, config.Channels, config.Height, config.Width };
        var multiplyAdds = batch * VilComplexity.Model(config, config.Height, config.Width);
        VisionLSTM2 Make() => new(config);
        VisionLSTM2 Reference() => new(config with { Mlstm = AuthorsForm });
        return (
            Case($"{name}.forward", shape, multiplyAdds, () => ModelContest.Forward(Make, Reference, shape)),
            Case($"{name}.training", shape, 3 * multiplyAdds, () => ModelContest.Training(Make, Reference, shape)));
    }

    /// <summary>Seg-LSTM with UPerNet.</summary>
    private static BenchmarkCase Published(int side)
    {
        var config = new SegLstmConfig { Height = side, Width = side };
        using var outline = Outline.Of(() => SegLstmModels.Create(config, Classes));
        long[] shape = [1, config.Channels, side, side];
        return Case(
            "seglstm_upernet.forward", shape, Complexity.Of(outline, side, side).MultiplyAdds, () => ModelContest.Forward(
                () => SegLstmModels.Create(config, Classes),
                () => SegLstmModels.Create(config with { Mlstm = AuthorsForm }, Classes), shape));
    }

    private static BenchmarkCase Case(string name, long[] shape, double multiplyAdds, Func<Contest> prepare) => new(prepare)
    {
        Name = name,
        Shape = string.Join(" x ", shape),
        Unit = "image",
        Units = shape[0],
        Work = new Work(multiplyAdds),
    };
}
