using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>Multilayer perceptron on all samples of the window: two hidden layers with ReLU.</summary>
/// <remarks>Names <c>fc1, fc2, head</c>. The usual yardstick; its widths here, 128 and 64, are this project's choice.</remarks>
public sealed class SpectralMlp : PixelClassifier
{
    private const int First = 128;
    private const int Second = 64;

    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear head;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands, classes and window.</param>
    public SpectralMlp(SpectralInput input) : base(nameof(SpectralMlp), input)
    {
        fc1 = nn.Linear(Samples, First);
        fc2 = nn.Linear(First, Second);
        head = nn.Linear(Second, input.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds => Profiled.MultiplyAdds + First + Second;

    /// <inheritdoc/>
    public override ProfilerCost Profiled => ProfilerCost.Linear(Samples, First) + ProfilerCost.Linear(First, Second)
        + ProfilerCost.Linear(Second, Input.Classes);

    private int Samples => Input.Bands * Input.Pixels;

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var hidden = nn.functional.relu(fc1.call(Spectra(x)));
        return head.call(nn.functional.relu(fc2.call(hidden))).MoveToOuterDisposeScope();
    }
}
