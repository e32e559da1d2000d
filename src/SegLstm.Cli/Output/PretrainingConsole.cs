using System.Globalization;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Probes;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>Tells a progress display of the passes over unlabelled tiles, and a line for each measurement of the features.</summary>
/// <param name="report">Takes the passes done and a note.</param>
internal sealed class PretrainingConsole(Action<long, string> report) : IPretrainingObserver
{
    public void Stepped(PretrainingStep step)
    {
        if (step.Iteration == 0) report(0, Note(step.Loss));
    }

    public void Passed(PretrainingEpoch epoch)
    {
        if (epoch.Features is { } features) Terminal.Out.WriteLine($"pass {epoch.Epoch + 1}: {Line(features)}");
        report(epoch.Epoch + 1, Note(epoch.Loss));
    }

    private static string Line(FeatureReport features) => features.Complaint ?? string.Create(CultureInfo.InvariantCulture,
        $"alignment {features.Alignment:0.00}, uniformity {features.Uniformity:0.00}, rank {features.Rank:0.0}")
        + (features.NeighbourAccuracy is { } accuracy ? $", {Readable.Percent(accuracy)} % of validation tiles by their neighbours" : "");

    private static string Note(double loss) => string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.0000}");
}
