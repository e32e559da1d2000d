using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>2-D CNN on the window, bands as channels: two 3 x 3 convolutions with batch norm and ReLU, mean, linear
/// layer.</summary>
/// <remarks>Names <c>conv1, bn1, conv2, bn2, head</c>. The usual shape of such networks; its widths here, 64 and 128, are this
/// project's choice.</remarks>
public sealed class SpectralCnn2d : PixelClassifier
{
    private const int Kernel = 3;
    private const int First = 64;
    private const int Second = 128;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Linear head;

    /// <summary>Makes the model.</summary>
    /// <param name="input">Bands, classes and window.</param>
    public SpectralCnn2d(SpectralInput input) : base(nameof(SpectralCnn2d), input)
    {
        conv1 = nn.Conv2d(input.Bands, First, Kernel, padding: Kernel / 2, bias: false);
        bn1 = nn.BatchNorm2d(First);
        conv2 = nn.Conv2d(First, Second, Kernel, padding: Kernel / 2, bias: false);
        bn2 = nn.BatchNorm2d(Second);
        head = nn.Linear(Second, input.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    // Norm and ReLU count 3 a value, as elsewhere; the mean one.
    public override double MultiplyAdds => (Input.Pixels * ((Kernel * Kernel * ((double)(Input.Bands * First) + (First * Second)))
        + (3 * First) + (4 * Second))) + ((double)Second * Input.Classes);

    /// <inheritdoc/>
    public override ProfilerCost Profiled =>
        ProfilerCost.Linear(Input.Bands * Kernel * Kernel, First, Input.Pixels, bias: false) + ProfilerCost.Norm(First, Input.Pixels)
        + ProfilerCost.Linear(First * Kernel * Kernel, Second, Input.Pixels, bias: false) + ProfilerCost.Norm(Second, Input.Pixels)
        + ProfilerCost.Linear(Second, Input.Classes);

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = nn.functional.relu(bn1.call(conv1.call(Windows(x))));
        y = nn.functional.relu(bn2.call(conv2.call(y)));
        return head.call(y.mean([2, 3])).MoveToOuterDisposeScope();
    }
}
