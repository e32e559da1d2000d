using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Steps scaled by running averages of the gradient and of its square (Kingma and Ba 2015).</summary>
public partial class Adam : OptimizerHelper, IBetas
{
    /// <summary>Adam on one group of parameters.</summary>
    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Adam on groups of parameters.</summary>
    /// <exception cref="ArgumentException">A negative option, or a beta that is not from 0 to below 1.</exception>
    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0 || eps < 0 || weight_decay < 0)
            throw new ArgumentException($"lr, eps and weight_decay can't be negative; got {lr}, {eps} and {weight_decay}.");
        if (beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1)
            throw new ArgumentException($"beta1 and beta2 lie from 0 to below 1; got {beta1} and {beta2}.");
        _defaults = new Options
        {
            LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>The averaging coefficients of groups that are added from now on.</summary>
    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
    }

    /// <summary>Whether weight decay shrinks the parameter itself instead of being added to its gradient.</summary>
    private protected virtual bool DecoupledDecay => false;

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<State>(closure, Change);

    private void Change(Modules.ParamGroup group, Parameter parameter, State state, Tensor gradient)
    {
        var options = (Options)group.Options;
        var (rate, decay) = (options.LearningRate!.Value, options.weight_decay!.Value);
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        if (options.maximize!.Value) gradient = gradient.neg();
        state.step++;
        if (decay != 0 && DecoupledDecay) parameter.mul_(1 - rate * decay);
        else if (decay != 0) gradient = gradient.add(parameter, alpha: decay);

        state.exp_avg!.mul_(beta1).add_(gradient, alpha: 1 - beta1);
        state.exp_avg_sq!.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
        var square = state.exp_avg_sq;
        if (options.amsgrad!.Value)
        {
            square = maximum(state.max_exp_avg_sq!, state.exp_avg_sq);
            state.max_exp_avg_sq!.copy_(square);
        }

        // Both averages start at zero; the corrections undo that bias.
        var meanCorrection = 1 - Math.Pow(beta1, state.step);
        var squareCorrection = 1 - Math.Pow(beta2, state.step);
        var scale = square.sqrt().div_(Math.Sqrt(squareCorrection)).add_(options.eps!.Value);
        parameter.addcdiv_(state.exp_avg, scale, value: -rate / meanCorrection);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? given)
    {
        var (options, otherwise) = ((Options?)given ?? new Options(), (Options)_defaults);
        options.LearningRate ??= otherwise.LearningRate;
        options.beta1 ??= otherwise.beta1;
        options.beta2 ??= otherwise.beta2;
        options.eps ??= otherwise.eps;
        options.weight_decay ??= otherwise.weight_decay;
        options.amsgrad ??= otherwise.amsgrad;
        options.maximize ??= otherwise.maximize;
        return options;
    }
}
