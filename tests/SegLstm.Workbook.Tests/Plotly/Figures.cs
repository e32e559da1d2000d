using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

/// <summary>Figures that several tests draw.</summary>
internal static class Figures
{
    internal static Figure Times() => new Figure("Time of one forward pass")
        .Line([64, 128, 256, 512], [0.4, 0.9, 2.2, double.NaN], "parallel", markers: true)
        .Line([64, 128, 256, 512], new[] { 0.5f, 0.9f, 1.7f, 3.3f }, "chunk <wise>", hover: ["a", "b", "c", "<d>"])
        .Band([64, 128, 256, 512], [0.4, 0.8, 1.5, 3.0], [0.6, 1.1, 1.9, 3.8], "5 to 95 % of 20 runs")
        .HorizontalLine(2, "budget")
        .XAxis("tokens", "count", AxisScale.Log).YAxis("time", "ms");

    internal static Figure Decay() => new Figure("Decay")
        .Heatmap(new[,] { { -1.0, 2 }, { double.NaN, 0.5 } }, "log decay", "nats", ColorScale.Diverging)
        .XAxis("key", "token").YAxis("query", "token");

    internal static Figure Bars() => new Figure("IoU")
        .Bars(["water", "city"], [91, 63.5], "model", errors: new[] { 1.0, 2 }).Bars(["water", "city"], [88, 58], "baseline")
        .XAxis("class", "").YAxis("IoU", "%");
}
