using SegLstm.Metrics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Everything that the rest of a run depends on, by name: weights and buffers, the optimizer's averages and step counts, the
/// running average, the gradients of an iteration that is not finished, losses and validations. No clock, no thread count: runs
/// that are the same to the bit have the same state to the bit.
/// </summary>
internal static class TrainingState
{
    private const string LossesName = "progress.losses", IterationsName = "progress.validations.iterations",
        CountsName = "progress.validations.counts", OptimizerPrefix = "optimizer.";

    /// <summary>What is to be saved; the tensors are the learner's own where they can be.</summary>
    /// <param name="learner">What learns.</param>
    /// <param name="progress">How far it has come.</param>
    public static (Dictionary<string, Tensor> Tensors, TrainingStateHeader Header) Of(Learner learner, TrainingProgress progress)
    {
        Dictionary<string, Tensor> tensors = Live(learner);
        foreach ((string name, AdamW.State state) in learner.Optimizer.Counters)
        {
            tensors.Add(OptimizerPrefix + name, tensor(state.step));
        }

        if (progress.Batches > 0)
        {
            foreach ((string name, Parameter parameter) in learner.Model.named_parameters())
            {
                if (parameter.grad is { } gradient) tensors.Add($"gradient.{name}", gradient);
            }
        }

        if (progress.Losses.Count > 0) tensors.Add(LossesName, tensor(progress.Losses.ToArray()));
        if (progress.Validations.Count > 0)
        {
            int classes = progress.Validations[0].Matrix.Classes;
            long[] counts = [.. progress.Validations.SelectMany(validation => validation.Matrix.ToArray().Cast<long>())];
            tensors.Add(IterationsName, tensor(progress.Validations.Select(v => (long)v.Iteration).ToArray()));
            tensors.Add(CountsName, tensor(counts).view(-1, classes, classes));
        }

        return (tensors, new TrainingStateHeader
        {
            Iteration = progress.Iteration, Batches = progress.Batches, LossSum = progress.LossSum,
            WeightSum = progress.WeightSum,
        });
    }

    /// <summary>Puts learner and progress where they were when a state was saved.</summary>
    /// <param name="file">The state.</param>
    /// <param name="learner">A learner of the same model and options.</param>
    /// <param name="progress">A run's that has not begun.</param>
    /// <param name="card">Which label validations leave out, and what makes one the best.</param>
    /// <exception cref="InvalidDataException">Names or shapes differ; nothing is changed.</exception>
    public static void Restore(TrainingStateFile file, Learner learner, TrainingProgress progress, ModelCard card)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Dictionary<string, Tensor> live = Live(learner);
        (string Name, AdamW.State State)[] counters =
            [.. learner.Optimizer.Counters.Select(counter => (OptimizerPrefix + counter.Name, counter.State))];
        file.CopyTo(live, counters.Select(counter => counter.Name), "model");
        foreach ((string name, AdamW.State state) in counters) state.step = file.Tensors[name].item<long>();
        foreach ((string name, Parameter parameter) in learner.Model.named_parameters())
        {
            parameter.grad = file.Tensors.GetValueOrDefault($"gradient.{name}")?.to(parameter.device, copy: true);
        }

        TrainingStateHeader header = file.Header;
        (progress.Batches, progress.LossSum, progress.WeightSum) = (header.Batches, header.LossSum, header.WeightSum);
        if (file.Tensors.TryGetValue(LossesName, out Tensor? losses)) progress.Losses.AddRange(losses.data<double>().ToArray());
        if (file.Tensors.TryGetValue(IterationsName, out Tensor? iterations))
        {
            RestoreValidations(iterations.data<long>().ToArray(), file.Tensors[CountsName], progress.Validations, card);
        }
    }

    private static void RestoreValidations(long[] iterations, Tensor counts, List<ValidationReport> history, ModelCard card)
    {
        long[] all = counts.data<long>().ToArray();
        int classes = (int)counts.shape[1];
        for (int i = 0; i < iterations.Length; i++)
        {
            long[,] matrix = new long[classes, classes];
            Buffer.BlockCopy(all, i * matrix.Length * sizeof(long), matrix, 0, matrix.Length * sizeof(long));
            history.Add(ValidationReport.Of((int)iterations[i], ConfusionMatrix.Of(matrix, card.IgnoreIndex), history, card.Task));
        }
    }

    private static Dictionary<string, Tensor> Live(Learner learner)
    {
        Dictionary<string, Tensor> tensors = learner.Model.state_dict().ToDictionary(e => $"model.{e.Key}", e => e.Value);
        foreach ((string name, Tensor average) in learner.Average?.Tensors ?? []) tensors.Add($"average.{name}", average);
        foreach ((string name, Tensor value) in learner.Optimizer.Tensors) tensors.Add(OptimizerPrefix + name, value);
        return tensors;
    }
}
