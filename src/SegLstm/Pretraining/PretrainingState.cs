using System.Text.Json;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>
/// Everything that the rest of a pretraining depends on behind an epoch: the method's weights, buffers and slow copies, Adam's averages
/// and steps, losses and epochs. What steps draw is keyed by their numbers, so a run that goes on from there ends in the same bits.
/// </summary>
/// <param name="method">What is trained.</param>
/// <param name="optimizer">Its optimizer.</param>
/// <param name="settings">What decides the run's result, by name.</param>
internal sealed class PretrainingState(PretrainingMethod method, Adam optimizer, IReadOnlyDictionary<string, string> settings)
{
    // Should a disk damage one, the run goes on from the one before.
    private const int Kept = 2;

    private const string LossesName = "progress.losses";

    /// <summary>Writes a state into a run's folder.</summary>
    /// <param name="run">The run.</param>
    /// <param name="losses">Loss of each step.</param>
    /// <param name="epochs">The epochs that are done.</param>
    /// <exception cref="IOException">It could not be written; those before it are whole.</exception>
    public void Save(RunFolder run, List<double> losses, List<PretrainingEpoch> epochs)
    {
        // What the state has seen must be in the metrics, even after a power cut.
        run.Flush();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = Live();
        foreach ((string name, Adam.State state) in States()) tensors.Add($"optimizer.step.{name}", tensor(state.step));
        tensors.Add(LossesName, tensor(losses.ToArray()));
        run.States.Save(losses.Count, Kept, path => TrainingStateFile.Write(path, new TrainingStateHeader
        {
            Iteration = losses.Count, Batches = 0, LossSum = 0, WeightSum = 0, Settings = settings, More = JsonSerializer.Serialize(epochs),
        }, tensors));
    }

    /// <summary>Goes back to the newest state of a run's folder that is whole.</summary>
    /// <param name="run">The run.</param>
    /// <param name="losses">Gets the loss of each step that was done.</param>
    /// <param name="epochs">Gets the epochs that were done.</param>
    /// <returns>Whether there was a state; if not, nothing is changed but the metrics, which are empty.</returns>
    /// <exception cref="ArgumentException">It was saved with other settings; all are named.</exception>
    /// <exception cref="InvalidDataException">No state is whole, or it is another method's; nothing is changed.</exception>
    public bool Restore(RunFolder run, List<double> losses, List<PretrainingEpoch> epochs)
    {
        run.States.RemoveUnfinished();
        if (run.States.Newest() is not { } newest)
        {
            run.Rewind(0);
            return false;
        }

        using TrainingStateFile file = newest.File;
        RunSettings.Require(file.Path, file.Header.Settings, settings);
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> live = Live();
        (string Name, Adam.State State)[] states = [.. States().Select(entry => ($"optimizer.step.{entry.Name}", entry.State))];
        file.CopyTo(live, states.Select(state => state.Name).Append(LossesName), "pretraining");
        foreach ((string name, Adam.State state) in states) state.step = file.Tensors[name].item<long>();
        losses.AddRange(file.Tensors[LossesName].data<double>().ToArray());
        epochs.AddRange(JsonSerializer.Deserialize<PretrainingEpoch[]>(file.Header.More!)!);
        run.Rewind(losses.Count);
        run.Append(new { Kind = "resumed", Iteration = losses.Count, State = Path.GetFileName(file.Path), newest.Broken });
        return true;
    }

    private Dictionary<string, Tensor> Live()
    {
        Dictionary<string, Tensor> tensors = method.state_dict().ToDictionary(entry => $"method.{entry.Key}", entry => entry.Value);
        foreach ((string name, Adam.State state) in States())
        {
            tensors.Add($"optimizer.mean.{name}", state.exp_avg!);
            tensors.Add($"optimizer.square.{name}", state.exp_avg_sq!);
        }

        return tensors;
    }

    private IEnumerable<(string Name, Adam.State State)> States() => method.named_parameters()
        .Where(entry => entry.parameter.requires_grad).Select(entry => entry.name)
        .Zip(optimizer.state_dict().State, (name, state) => (name, (Adam.State)state));
}
