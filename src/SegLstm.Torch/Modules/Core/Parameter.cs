using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that is trained: modules list it among their parameters and optimizers change it.</summary>
public class Parameter : Tensor
{
    /// <summary>A parameter that shares the data of <paramref name="data"/> and starts a graph of its own.</summary>
    /// <param name="data">The initial values.</param>
    /// <param name="requires_grad">Whether a gradient is computed for it.</param>
    public Parameter(Tensor data, bool requires_grad = true) : this(new Detached(data.detach()), requires_grad)
    {
    }

    private Parameter(Detached source, bool requires_grad) : base(source.Tensor)
    {
        source.Tensor.Dispose();
        if (requires_grad) this.requires_grad = true;
    }

    /// <summary>The parameter as PyTorch prints it.</summary>
    public override string ToString() => $"Parameter containing:\n{base.ToString()}";

    private readonly record struct Detached(Tensor Tensor);
}
