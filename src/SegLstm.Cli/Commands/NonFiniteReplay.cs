using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Training;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm train --replay`: sees a loss that is no number again, from what the run left of it.</summary>
internal static class NonFiniteReplay
{
    /// <summary>Runs the batches of a bundle.</summary>
    /// <param name="folder">The bundle's folder, or that of the run.</param>
    /// <param name="threads">Threads; null takes those of the run.</param>
    /// <returns>0 where the same is seen again, otherwise 1.</returns>
    public static int Run(string folder, int? threads)
    {
        using NonFiniteBundle bundle = NonFiniteBundle.Load(folder);
        CommonOptions.Use(threads ?? bundle.Threads);
        Terminal.Out.WriteLine($"seen:  {Line(bundle.Report)}");
        NonFiniteReport? again = bundle.Replay();
        Terminal.Out.WriteLine($"again: {(again is null ? "everything is finite" : Line(again))}");
        if (again == bundle.Report) return 0;
        Terminal.Out.WriteLine(
            $"not the same: with other than the run's {bundle.Threads} threads, or on another machine, sums round differently");
        return 1;
    }

    private static string Line(NonFiniteReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Quantity} {report.Value} at iteration {report.Iteration}. {report.Cause}");
}
