using System.Globalization;
using SegLstm.Jupyter.Notebooks.Running;
using SegLstm.Training;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>Shows a training run: what it will do, then its progress, and a line for each validation.</summary>
/// <param name="report">Takes iterations done and a note.</param>
/// <param name="task">What the model tells of an image.</param>
internal sealed class TrainingConsole(Action<long, string> report, ModelTask task = ModelTask.Segmentation) : ITrainingObserver
{
    // The first steps warm caches; from here on the time that is left is worth saying.
    private const int ForetellAfter = 5;

    private double? _loss;

    /// <inheritdoc />
    public void Started(TrainingPlan plan) => Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{Readable.Count(plan.Model.Parameters)} parameters, {Readable.Count(plan.Model.MultiplyAdds)} multiply-adds an "
            + $"image, {plan.Device} with {plan.Threads} thread{(plan.Threads == 1 ? "" : "s")}, {plan.Iterations} steps of "
            + $"{plan.BatchSize} out of {plan.Images} images a pass{Foretold(plan)}"));

    /// <inheritdoc />
    public void Resumed(ResumeReport resume) => Terminal.Out.WriteLine($"{resume}");

    /// <inheritdoc />
    public void Stepped(StepReport step)
    {
        _loss = _loss is { } loss ? loss + 0.1 * (step.Loss - loss) : step.Loss;
        if (step.Iteration == ForetellAfter && step.Iterations > 4 * ForetellAfter)
        {
            Terminal.Out.WriteLine(
                $"loss {Number(step.Loss)} after {ForetellAfter + 1} steps; about {Durations.Readable(step.Remaining)} to go");
        }

        report(step.Iteration + 1, $"loss {Number(_loss.Value)}");
    }

    /// <inheritdoc />
    public void Validated(ValidationReport validation) => Terminal.Out.WriteLine(
        $"step {validation.Iteration + 1}: validation " + (task == ModelTask.Classification ? "top-1 "
            : $"mIoU {Readable.Percent(validation.Scores.MeanIoU)} %, OA ")
            + $"{Readable.Percent(validation.Scores.OverallAccuracy)} %{(validation.IsBest ? " (best so far)" : "")}");

    /// <summary>Says how a training on images that are read ahead went.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="checkpoint">What it has written.</param>
    public static void Ended(TrainingResult result, string checkpoint) => Terminal.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"trained {Durations.Readable(result.Elapsed)}, of which steps waited {result.Waited / result.Elapsed:0.0 %} for images, "
            + $"peak memory {result.PeakMemoryBytes / 1048576} MiB; wrote {checkpoint}"));

    private static string Foretold(TrainingPlan plan) => plan is { Expected: { } time, MemoryBytes: { } memory }
        ? $"; about {Durations.Readable(time)} and {Readable.Bytes(memory)} of memory, by a step, a validation and a save tried"
        : "";

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
