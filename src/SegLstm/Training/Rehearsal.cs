using System.Diagnostics;
using SegLstm.Models;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Steps, a validation and a save before a long run, so that what does not work fails in seconds, and time and memory can be
/// foretold. Weights, buffers and random numbers are afterwards what they were: the run is the same to the bit.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The recipe.</param>
/// <param name="card">Classes and the ignored label.</param>
/// <param name="run">Where a state is written and removed again; null writes none.</param>
/// <param name="parallel">The processes that share each batch; null where this one has it whole.</param>
internal sealed class Rehearsal(
    nn.Module<Tensor, Tensor> model, TrainingOptions options, ModelCard card, RunFolder? run, DataParallel? parallel = null)
{
    /// <summary>Runs with fewer iterations are rehearsals themselves.</summary>
    public const int LeastIterations = 50;

    // A name that StateFiles removes, should the process be killed meanwhile.
    private const string FileName = ".rehearsal.tmp.safetensors";

    /// <summary>Rehearses.</summary>
    /// <param name="batches">What is learnt from.</param>
    /// <param name="seeds">The run's streams.</param>
    /// <param name="validation">What validates; null where nothing does.</param>
    /// <returns>The expected time of the run; null where its first step cannot be taken, which the run itself will
    /// tell.</returns>
    /// <exception cref="IOException">The run's folder takes no training state.</exception>
    public TimeSpan? Run(Batches batches, SeedStreams seeds, utils.data.Dataset? validation)
    {
        using var scope = NewDisposeScope();
        using Tensor random = get_rng_state();
        Dictionary<string, Tensor> before = model.state_dict().ToDictionary(e => e.Key, e => e.Value.detach().clone());
        using var trial = new Learner(model, options, card, batches, seeds, parallel: parallel);
        try
        {
            int iterations = options.Schedule.Iterations, validations = (iterations - 1) / options.ValidateEvery + 1;
            double seconds = iterations * Step(trial) + validations * Validation(validation);
            int saves = options.SaveEvery is { } period ? (iterations - 1) / period + 1 : 1;
            return TimeSpan.FromSeconds(seconds + saves * Save(trial));
        }
        catch (NonFiniteLossException)
        {
            return null;
        }
        finally
        {
            using var frozen = no_grad();
            foreach ((string name, Tensor value) in model.state_dict()) value.copy_(before[name]);
            model.zero_grad();
            set_rng_state(random);
        }
    }

    // The first round loads code and warms caches, and is not counted.
    private double Step(Learner trial)
    {
        var progress = new TrainingProgress();
        double seconds = 0;
        for (int round = 0; round < 2; round++)
        {
            seconds = options.Accumulate * Seconds(() => trial.Add(progress)) + Seconds(() => trial.Step(progress));
        }

        return seconds;
    }

    private double Validation(utils.data.Dataset? validation)
    {
        if (validation is null || validation.Count == 0) return 0;
        using var one = new FirstItem(validation);
        double seconds = 0;
        for (int round = 0; round < 2; round++)
        {
            seconds = Seconds(() => Evaluator.Evaluate(model, one, card.Classes, card.IgnoreIndex));
        }

        return validation.Count * seconds;
    }

    private double Save(Learner trial)
    {
        if (run is null) return 0;
        string path = Path.Combine(run.Path, FileName);
        try
        {
            (Dictionary<string, Tensor> tensors, TrainingStateHeader header) = TrainingState.Of(trial, new TrainingProgress());
            return Seconds(() => TrainingStateFile.Write(path, header, tensors));
        }
        catch (Exception fault) when (StateFiles.IsUnwritable(fault))
        {
            throw new IOException(
                $"No training state can be saved in {run.Path}, as was tried before the first step: {fault.Message} Make the folder writable or make room.", fault);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class FirstItem(utils.data.Dataset data) : utils.data.Dataset
    {
        public override long Count => 1;

        public override Dictionary<string, Tensor> GetTensor(long index) => data.GetTensor(index);
    }
}
