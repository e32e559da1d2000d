using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Steps scaled by a running average of the gradient's square (Tieleman and Hinton 2012).</summary>
public partial class RMSProp : OptimizerHelper, IMomentum
{
    /// <summary>RMSProp on one group of parameters.</summary>
    public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    /// <summary>RMSProp on groups of parameters.</summary>
    /// <exception cref="ArgumentException">A negative option.</exception>
    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
    {
        if (lr < 0 || alpha < 0 || eps < 0 || weight_decay < 0 || momentum < 0)
            throw new ArgumentException($"lr, alpha, eps, weight_decay and momentum can't be negative; got {lr}, {alpha}, {eps}, {weight_decay} and {momentum}.");
        _defaults = new Options
        {
            LearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    /// <summary>The momentum of groups that are added from now on.</summary>
    public double Momentum { get => ((Options)_defaults).momentum!.Value; set => ((Options)_defaults).momentum = value; }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null) => Step<State>(closure, Change);

    private static void Change(Modules.ParamGroup group, Parameter parameter, State state, Tensor gradient)
    {
        var options = (Options)group.Options;
        var (rate, alpha) = (options.LearningRate!.Value, options.alpha!.Value);
        if (options.maximize!.Value) gradient = gradient.neg();
        if (options.weight_decay is { } decay and not 0) gradient = gradient.add(parameter, alpha: decay);
        state.step++;
        state.square_avg!.mul_(alpha).addcmul_(gradient, gradient, value: 1 - alpha);
        var square = state.square_avg;
        if (options.centered!.Value)
        {
            state.grad_avg!.mul_(alpha).add_(gradient, alpha: 1 - alpha);
            square = square.addcmul(state.grad_avg, state.grad_avg, value: -1);
        }
        var scale = square.sqrt().add_(options.eps!.Value);
        if (options.momentum is { } momentum and > 0)
            parameter.add_(state.momentum_buffer!.mul_(momentum).addcdiv_(gradient, scale, value: 1), alpha: -rate);
        else
            parameter.addcdiv_(gradient, scale, value: -rate);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? given)
    {
        var (options, otherwise) = ((Options?)given ?? new Options(), (Options)_defaults);
        options.LearningRate ??= otherwise.LearningRate;
        options.alpha ??= otherwise.alpha;
        options.eps ??= otherwise.eps;
        options.weight_decay ??= otherwise.weight_decay;
        options.momentum ??= otherwise.momentum;
        options.centered ??= otherwise.centered;
        options.maximize ??= otherwise.maximize;
        return options;
    }
}
