using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>1-D CNN along a pixel's spectrum: convolution, maxima of short runs, one hidden layer; tanh behind each.</summary>
/// <remarks>
/// Names <c>conv, fc, head</c>. Source: Hu et al., Deep convolutional neural networks for hyperspectral image classification (Journal
/// of Sensors, 2015): 20 kernels of about a ninth of the bands, about 35 values behind the maxima, 100 hidden units. Rounding of
/// these sizes for other numbers of bands is this project's.
/// </remarks>
public sealed class SpectralCnn1d : PixelClassifier
{
    private const int Kernels = 20;
    private const int Pooled = 35;
    private const int Hidden = 100;

    private readonly Conv1d conv;
    private readonly Linear fc;
    private readonly Linear head;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands and classes; the window must be one pixel.</param>
    /// <exception cref="ArgumentException">The window is wider.</exception>
    public SpectralCnn1d(SpectralInput input) : base(nameof(SpectralCnn1d), input)
    {
        Problems.ThrowIfAny(nameof(SpectralCnn1d), input.Window == 1 ? []
            : [$"It reads one pixel's spectrum: Window must be 1, got {input.Window}. {nameof(SpectralCnn2d)} reads windows."]);
        conv = nn.Conv1d(1, Kernels, Taps);
        fc = nn.Linear(Kernels * (Length / Run), Hidden);
        head = nn.Linear(Hidden, input.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds => Profiled.MultiplyAdds + (2.0 * Kernels * Length) + Hidden;

    /// <inheritdoc/>
    public override ProfilerCost Profiled => ProfilerCost.Convolution(1, Kernels, Taps, Length)
        + ProfilerCost.Linear(Kernels * (Length / Run), Hidden) + ProfilerCost.Linear(Hidden, Input.Classes);

    private int Taps => Math.Max(1, Input.Bands / 9);

    private int Length => Input.Bands - Taps + 1;

    private int Run => Math.Max(1, Length / Pooled);

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var features = conv.call(Spectra(x).unsqueeze(1)).tanh();
        // A maximum over runs of equal length; what is left over at the end takes no part.
        var runs = features.narrow(2, 0, Length / Run * Run).unflatten(2, Length / Run, Run).amax([-1]);
        return head.call(fc.call(runs.flatten(1)).tanh()).MoveToOuterDisposeScope();
    }
}
