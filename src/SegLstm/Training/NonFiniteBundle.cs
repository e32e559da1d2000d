using System.Globalization;
using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// All that reproduces a loss or a gradient which is no finite number, in a folder `non-finite` of the run: `model.safetensors`
/// (the weights before the step), `batches.safetensors` (images and labels) and `case.json` (what was seen, seeds, the recipe).
/// </summary>
public sealed class NonFiniteBundle : IDisposable
{
    private const string FolderName = "non-finite", ModelName = "model.safetensors", BatchesName = "batches.safetensors",
        CaseName = "case.json";

    private readonly string _model;
    private readonly Contents _case;

    private NonFiniteBundle(string model, Contents contents, IReadOnlyList<SeededBatch> batches)
    {
        (_model, _case, Batches) = (model, contents, batches);
    }

    /// <summary>What was seen.</summary>
    public NonFiniteReport Report => _case.Report;

    /// <summary>The recipe of the run.</summary>
    public TrainingOptions Options => _case.Options;

    /// <summary>Threads that an operator could use: with others, sums round differently.</summary>
    public int Threads => _case.Threads;

    /// <summary>The batches that gave it, on the CPU; this object owns them.</summary>
    public IReadOnlyList<SeededBatch> Batches { get; }

    /// <summary>Reads a bundle.</summary>
    /// <param name="path">Its folder, or that of the run.</param>
    /// <exception cref="DirectoryNotFoundException">There is no whole bundle.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of another version of this library.</exception>
    public static NonFiniteBundle Load(string path)
    {
        string inside = Path.Combine(path, FolderName);
        string folder = File.Exists(Path.Combine(inside, CaseName)) ? inside : path;
        string file = Path.Combine(folder, CaseName);
        if (!File.Exists(file))
        {
            throw new DirectoryNotFoundException($"{path} holds no whole bundle of a loss that is no number: there is no {file}. "
                + $"A run that stops for such a loss leaves one in its folder as '{FolderName}'.");
        }

        Contents contents = Read(file);
        Dictionary<string, Tensor> tensors = SafeTensors.Load(Path.Combine(folder, BatchesName));
        try
        {
            SeededBatch[] batches = [.. contents.Seeds.Select((seed, i) => new SeededBatch(
                tensors[Key(i, "image")].DetachFromDisposeScope(), tensors[Key(i, "label")].DetachFromDisposeScope(), seed))];
            return new NonFiniteBundle(Path.Combine(folder, ModelName), contents, batches);
        }
        catch (KeyNotFoundException fault)
        {
            foreach (Tensor tensor in tensors.Values) tensor.Dispose();
            throw new InvalidDataException($"{Path.Combine(folder, BatchesName)} does not go with {file}: {fault.Message}", fault);
        }
    }

    /// <summary>Runs the batches again with the weights and seeds that they had.</summary>
    /// <param name="model">A model of the same layers, which gets the weights; null makes that of the catalog.</param>
    /// <returns>What is not finite now: the same as <see cref="Report"/> on the same machine with as many
    /// <see cref="Threads"/>. Null where everything is finite.</returns>
    /// <exception cref="InvalidDataException">The weights do not fit the model.</exception>
    /// <exception cref="ArgumentException">The model is in no catalog: give one.</exception>
    public NonFiniteReport? Replay(nn.Module<Tensor, Tensor>? model = null)
    {
        ModelCard card = ModelCheckpoint.ReadCard(_model);
        nn.Module<Tensor, Tensor> used = model ?? ModelCheckpoint.Create(card);
        try
        {
            using var scope = NewDisposeScope();
            CardFile.Fill(_model, used, card.Model);
            using var objective = new Objective(used, Options, card.IgnoreIndex);
            Device device = used.parameters().First().device;
            SeededBatch[] batches = [.. Batches.Select(b => b with { Image = b.Image.to(device), Label = b.Label.to(device) })];
            return new NonFiniteSearch(used, objective).Run(batches, Report.Iteration, Report.LearningRate);
        }
        finally
        {
            if (model is null) used.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (SeededBatch batch in Batches)
        {
            batch.Image.Dispose();
            batch.Label.Dispose();
        }
    }

    /// <summary>Writes a bundle in a run's folder, in place of an earlier one.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    internal static string Save(string run, nn.Module<Tensor, Tensor> model, ModelCard card, TrainingOptions options,
        NonFiniteReport report, IReadOnlyList<SeededBatch> batches)
    {
        Clear(run);
        string folder = Directory.CreateDirectory(Path.Combine(run, FolderName)).FullName;
        ModelCheckpoint.Save(Path.Combine(folder, ModelName), model, card);
        SafeTensors.Save(Path.Combine(folder, BatchesName), batches.SelectMany((batch, i) => new KeyValuePair<string, Tensor>[]
        {
            new(Key(i, "image"), batch.Image), new(Key(i, "label"), batch.Label),
        }));
        // Last: with it the bundle is whole.
        var contents = new Contents(report, options, [.. batches.Select(batch => batch.Seed)], get_num_threads());
        AtomicFile.WriteText(Path.Combine(folder, CaseName), JsonSerializer.Serialize(contents, RunJson.Indented) + "\n");
        return folder;
    }

    /// <summary>Removes the bundle of a run.</summary>
    internal static void Clear(string run)
    {
        string folder = Path.Combine(run, FolderName);
        if (!Directory.Exists(folder)) return;
        foreach (string name in new[] { CaseName, BatchesName, ModelName }) File.Delete(Path.Combine(folder, name));
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    private static Contents Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Contents>(File.ReadAllText(file), RunJson.Indented)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file} cannot be read: {fault.Message}", fault);
        }
    }

    private static string Key(int batch, string part) => string.Create(CultureInfo.InvariantCulture, $"{batch}.{part}");

    private sealed record Contents(NonFiniteReport Report, TrainingOptions Options, IReadOnlyList<long> Seeds, int Threads);
}
