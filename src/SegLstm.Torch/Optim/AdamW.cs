namespace TorchSharp.Modules;

/// <summary>
/// Adam with weight decay that shrinks the parameters themselves (Loshchilov and Hutter 2019). Mind: the default weight
/// decay is 0 here as in TorchSharp, not 0.01 as in PyTorch.
/// </summary>
public class AdamW : Adam
{
    /// <summary>AdamW on one group of parameters.</summary>
    public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>AdamW on groups of parameters.</summary>
    public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    private protected override bool DecoupledDecay => true;
}
