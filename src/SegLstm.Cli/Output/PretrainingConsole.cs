using System.Globalization;
using SegLstm.Pretraining;

namespace SegLstm.Cli.Output;

/// <summary>Tells a progress display of the passes over unlabelled tiles.</summary>
/// <param name="report">Takes the passes done and a note.</param>
internal sealed class PretrainingConsole(Action<long, string> report) : IPretrainingObserver
{
    public void Stepped(PretrainingStep step)
    {
        if (step.Iteration == 0) report(0, Note(step.Loss));
    }

    public void Passed(PretrainingEpoch epoch) => report(epoch.Epoch + 1, Note(epoch.Loss));

    private static string Note(double loss) => string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.0000}");
}
