using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

/// <summary>What every model of the catalog keeps, checked on one instance: each check returns what is wrong, in words.</summary>
/// <param name="make">Makes the model.</param>
/// <param name="bands">bands of its images.</param>
/// <param name="side">Side of the images that it is trained on here.</param>
internal sealed class ModelContract(Func<Segmenter> make, int bands, long side) : IDisposable
{
    private readonly Segmenter model = Seeded(make);

    /// <summary>What a model does: no neighbour, no chance, no lost parameter, no gradient that is missing.</summary>
    public IEnumerable<string> Behaviour() => [.. BatchInvariance(), .. DeterminismAndState(), .. Gradients()];

    public void Dispose() => model.Dispose();

    /// <summary>Makes something with random parameters that are the same every time.</summary>
    public static T Seeded<T>(Func<T> make)
    {
        manual_seed(20240614);
        return make();
    }

    /// <summary>Scores for every pixel, all finite, at each size.</summary>
    public IEnumerable<string> Shapes(params (long Height, long Width)[] sizes)
    {
        foreach (var (height, width) in sizes)
        {
            using var scope = NewDisposeScope();
            var logits = Predict(randn([1, bands, height, width]));
            if (!logits.shape.SequenceEqual([1, model.Classes, height, width]))
            {
                yield return $"{height}x{width} gives ({string.Join(", ", logits.shape)})";
            }

            if (!logits.isfinite().all().item<bool>())
            {
                yield return $"{height}x{width} gives values that are not finite";
            }
        }
    }

    private IEnumerable<string> BatchInvariance()
    {
        using var scope = NewDisposeScope();
        var images = randn([2, bands, side, side]);
        var error = Close.Error(Predict(images)[1], Predict(images.narrow(0, 1, 1))[0]);
        if (error > 1e-4)
        {
            yield return $"an image's scores depend on its neighbours in the batch: relative difference {error:e1}";
        }
    }

    private IEnumerable<string> DeterminismAndState()
    {
        using var scope = NewDisposeScope();
        var image = randn([1, bands, side, side]);
        var before = Predict(image);
        if (!Predict(image).equal(before).all().item<bool>())
        {
            yield return "two predictions of one image differ";
        }

        var saved = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.mul_(0.5);
            }
        }

        if (Predict(image).equal(before).all().item<bool>())
        {
            yield return "halving every parameter changes nothing";
        }

        var (missing, unexpected) = model.load_state_dict(saved);
        if (missing.Count + unexpected.Count > 0)
        {
            yield return $"its own state dict lacks {string.Join(", ", missing)} and has too much {string.Join(", ", unexpected)}";
        }

        if (!Predict(image).equal(before).all().item<bool>())
        {
            yield return "loading its own state dict does not bring the model back";
        }
    }

    /// <summary>Gradients with and without activation checkpointing, in training mode with the same random numbers.</summary>
    private IEnumerable<string> Gradients()
    {
        using var scope = NewDisposeScope();
        var image = randn([2, bands, side, side]);
        var plain = Trained(image, checkpointing: false);
        var largest = new Dictionary<string, double>();
        foreach (var (name, grad) in plain)
        {
            if (grad is null)
            {
                yield return $"{name} gets no gradient";
                continue;
            }

            // Not a number and infinity come through a maximum.
            largest[name] = Largest(grad);
            if (!double.IsFinite(largest[name]))
            {
                yield return $"the gradient of {name} is not finite";
            }
        }

        // Gradients that cancel to nothing, in front of a batch norm, hold rounding errors of the others.
        var floor = 1e-6 * largest.Values.Max();
        var again = Trained(image, checkpointing: true);
        foreach (var (name, scale) in largest)
        {
            // In place, and in the type of the model: some models have a hundred million parameters.
            var error = again[name] is { } other ? Largest(other.sub_(plain[name]!)) : double.PositiveInfinity;
            if (error > (1e-5 * scale) + floor)
            {
                yield return $"activation checkpointing changes the gradient of {name} by {error:e1}, its largest is {scale:e1}";
            }
        }
    }

    private Dictionary<string, Tensor?> Trained(Tensor image, bool checkpointing)
    {
        var statistics = model.named_buffers().Select(buffer => (buffer.buffer, buffer.buffer.clone())).ToList();
        model.train();
        model.Backbone.ActivationCheckpointing = checkpointing;
        using (NewDisposeScope())
        {
            manual_seed(7);
            var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
            var weight = randn_like(logits);
            var loss = (logits * weight).mean();
            (auxiliary is null ? loss : loss + (0.4 * (auxiliary * weight).mean())).backward();
        }

        model.Backbone.ActivationCheckpointing = false;
        using (no_grad())
        {
            foreach (var (buffer, before) in statistics)
            {
                buffer.copy_(before);
            }
        }

        return model.named_parameters().ToDictionary(p => p.name, p => Taken(p.parameter));
    }

    private static double Largest(Tensor x)
    {
        using var scope = NewDisposeScope();
        return x.abs().max().item<float>();
    }

    /// <summary>A parameter's gradient, which the parameter then no longer has.</summary>
    private static Tensor? Taken(Tensor parameter)
    {
        var grad = parameter.grad;
        parameter.grad = null;
        return grad;
    }

    private Tensor Predict(Tensor image)
    {
        model.eval();
        using var no = no_grad();
        return model.forward(image);
    }
}
