using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity;

/// <summary>
/// The tensors of a case at one precision: parameters and inputs to compute with, outputs and gradients to compare with. It
/// remembers which inputs were used, so that one that nobody needs is an error.
/// </summary>
public sealed class GoldenTensors
{
    private const string ParameterPrefix = "param.";
    private const string InputPrefix = "input.";
    private const string OutputPrefix = "output.";
    private const string GradientPrefix = "grad.";
    private const string BufferPrefix = "buffer_after.";
    private static readonly string[] WeightPrefixes = ["lossw", "loss_weight"];

    private readonly Dictionary<string, Tensor> inputs = [];
    private readonly HashSet<string> used = [];

    private GoldenTensors(Precision precision, ScalarType? type = null) => (Precision, Type) = (precision, type ?? precision.Type);

    /// <summary>The precision.</summary>
    public Precision Precision { get; }

    /// <summary>What is computed in: the precision, or double precision with numbers that have the precision.</summary>
    public ScalarType Type { get; }

    /// <summary>The state dict to load, by official names, at the case's precision.</summary>
    public Dictionary<string, Tensor> Parameters { get; } = [];

    /// <summary>Golden outputs, without running statistics; <c>loss</c> is among them where there are loss weights.</summary>
    public Dictionary<string, Tensor> Outputs { get; } = [];

    /// <summary>Golden running statistics after the step, by official names.</summary>
    public Dictionary<string, Tensor> BuffersAfter { get; } = [];

    /// <summary>Golden gradients of inputs.</summary>
    public Dictionary<string, Tensor> InputGradients { get; } = [];

    /// <summary>Golden gradients of parameters, by official names.</summary>
    public Dictionary<string, Tensor> ParameterGradients { get; } = [];

    /// <summary>Upstream gradients by output; the empty name stands for the only output.</summary>
    public Dictionary<string, Tensor> LossWeights { get; } = [];

    /// <summary>What was done to the golden tensors before comparing, in words.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Names of the inputs, without loss weights.</summary>
    public IReadOnlyCollection<string> InputNames => inputs.Keys;

    /// <summary>Inputs that nothing asked for.</summary>
    public IEnumerable<string> UnusedInputs => inputs.Keys.Where(name => !used.Contains(name));

    /// <summary>An input at the case's precision; one with a golden gradient requires gradients.</summary>
    /// <exception cref="GoldenException">There is none of this name.</exception>
    public Tensor this[string name] => Find(name) ?? throw new GoldenException($"cannot be built: the file has no input.{name}; it has {string.Join(", ", inputs.Keys)}");

    /// <summary>An input or null.</summary>
    public Tensor? Find(string name)
    {
        used.Add(name);
        return inputs.GetValueOrDefault(name);
    }

    /// <summary>An input of a shape that the configuration states.</summary>
    /// <exception cref="GoldenException">There is none, or it has another shape.</exception>
    public Tensor Of(string name, params long[] shape)
    {
        var value = this[name];
        return value.shape.SequenceEqual(shape)
            ? value
            : throw new GoldenException($"contradicts itself: by its config input.{name} is [{string.Join(", ", shape)}], in the file it is [{string.Join(", ", value.shape)}]");
    }

    /// <summary>An input that is there though nothing computes with it.</summary>
    public void Note(string name) => used.Add(name);

    /// <summary>Moves every value of the inputs by a random rounding error of single precision, at most 1 part in 2²³.</summary>
    /// <param name="seed">Which errors.</param>
    public void MoveInputsByRounding(int seed)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var random = new Random(seed);
        foreach (var input in inputs.Values.Where(value => value.is_floating_point()))
        {
            var errors = Enumerable.Range(0, (int)input.numel()).Select(_ => 1 + ((random.Next(3) - 1) * float.ScaleB(1, -23)));
            input.mul_(tensor(errors.ToArray()).view(input.shape));
        }
    }

    /// <summary>Takes the tensors of a case out of its files.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="precision">Of its files.</param>
    /// <param name="type">What to compute in; null: the precision.</param>
    /// <exception cref="GoldenException">A key is of no known kind.</exception>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    public static GoldenTensors Load(GoldenCase golden, Precision precision, ScalarType? type = null)
    {
        var tensors = new GoldenTensors(precision, type);
        var widens = precision == Precision.Float64 && golden.WidensInputs;
        foreach (var (key, value) in Open(golden, precision))
        {
            if (widens && IsGiven(key))
            {
                throw new GoldenException($"contradicts itself: the f64 file holds {key}, but by f64_file_holds it has outputs and gradients only");
            }

            tensors.Add(key, value);
        }

        if (widens)
        {
            foreach (var (key, value) in Open(golden, Precision.Float32).Where(pair => IsGiven(pair.Key)))
            {
                tensors.Add(key, value);
            }
        }

        if (precision == Precision.Float32 && golden.FileOf(Precision.Float64) is not null)
        {
            tensors.FillOverflownGradients(golden);
        }

        foreach (var name in tensors.InputGradients.Keys.Where(tensors.inputs.ContainsKey))
        {
            tensors.inputs[name].requires_grad_(true);
        }

        return tensors;
    }

    /// <summary>The tensors of a case that has numbers in its side file instead of a tensor file.</summary>
    public static GoldenTensors Of(Dictionary<string, Tensor> inputs, Dictionary<string, Tensor> outputs)
    {
        var tensors = new GoldenTensors(Precision.Float64);
        foreach (var (name, value) in inputs)
        {
            tensors.Add(InputPrefix + name, value);
        }

        foreach (var (name, value) in outputs)
        {
            tensors.Add(OutputPrefix + name, value);
        }

        return tensors;
    }

    private static Dictionary<string, Tensor> Open(GoldenCase golden, Precision precision)
    {
        var file = golden.FileOf(precision)!;
        return File.Exists(file) ? SafeTensors.Load(file) : throw new GoldenException($"lacks its tensor file {Path.GetFileName(file)}");
    }

    /// <summary>
    /// With extreme gates the authors' float32 backward overflows to 0·∞ = NaN in single elements whose derivative is finite,
    /// and which this library computes. There the float64 golden stands in; where it is NaN too, NaN is what must be computed.
    /// </summary>
    private void FillOverflownGradients(GoldenCase golden)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor>? exact = null;
        foreach (var (prefix, gradients) in new[] { (InputPrefix, InputGradients), (ParameterPrefix, ParameterGradients) })
        {
            foreach (var (name, gradient) in gradients.ToArray())
            {
                var missing = gradient.isnan();
                var count = missing.sum().item<long>();
                exact ??= count > 0 ? Open(golden, Precision.Float64) : null;
                if (count > 0 && exact!.TryGetValue($"{GradientPrefix}{prefix}{name}", out var better) && better.shape.SequenceEqual(gradient.shape))
                {
                    gradients[name] = where(missing, better.to_type(gradient.dtype), gradient).MoveToOuterDisposeScope();
                    Notes.Add($"{count} NaN of the golden grad.{prefix}{name} taken from f64");
                }
            }
        }
    }

    /// <summary>Whether a key is something to compute with, not to compare with.</summary>
    private static bool IsGiven(string key) => Cut(key, InputPrefix) is not null || Cut(key, ParameterPrefix) is not null;

    private void Add(string key, Tensor value)
    {
        if (Cut(key, ParameterPrefix) is { } parameter)
        {
            Parameters.Add(parameter, AtPrecision(value));
        }
        else if (Cut(key, InputPrefix) is { } input)
        {
            AddInput(input, AtPrecision(value));
        }
        else if (Cut(key, OutputPrefix) is { } output)
        {
            if (Cut(output, BufferPrefix) is { } buffer)
            {
                BuffersAfter.Add(buffer, value);
            }
            else
            {
                Outputs.Add(output, value);
            }
        }
        else if (Cut(key, GradientPrefix) is { } gradient)
        {
            if (Cut(gradient, InputPrefix) is { } ofInput)
            {
                InputGradients.Add(ofInput, value);
            }
            else
            {
                ParameterGradients.Add(Cut(gradient, ParameterPrefix) ?? gradient, value);
            }
        }
        else
        {
            throw new GoldenException($"has the tensor '{key}', which is neither param.*, input.*, output.* nor grad.*");
        }
    }

    private Tensor AtPrecision(Tensor value) => value.is_floating_point() ? value.to_type(Type) : value;

    private void AddInput(string name, Tensor value)
    {
        foreach (var prefix in WeightPrefixes)
        {
            if (name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal))
            {
                LossWeights.Add(name == prefix ? "" : name[(prefix.Length + 1)..], value);
                return;
            }
        }

        inputs.Add(name, value);
    }

    private static string? Cut(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
