using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>log(1 + exp(beta x)) / beta, and x itself where beta x exceeds the threshold.</summary>
public sealed class Softplus : Module<Tensor, Tensor>
{
    internal Softplus(double beta, double threshold) : base(nameof(Softplus)) => (this.beta, this.threshold) = (beta, threshold);

    /// <summary>The sharpness of the bend.</summary>
    public double beta { get; set; }

    /// <summary>Above it the function is taken as linear.</summary>
    public double threshold { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => functional.softplus(tensor, beta, threshold);
}
