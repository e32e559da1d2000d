using SegLstm.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum and weight decay where wanted (Sutskever et al. 2013).</summary>
public class SGD : OptimizerHelper, IMomentum
{
    /// <summary>Gradient descent on one group of parameters.</summary>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <summary>Gradient descent on groups of parameters.</summary>
    /// <exception cref="ArgumentException">A negative option, or Nesterov's momentum without momentum or with dampening.</exception>
    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        if (lr < 0 || momentum < 0 || weight_decay < 0)
            throw new ArgumentException($"lr, momentum and weight_decay can't be negative; got {lr}, {momentum} and {weight_decay}.");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException($"Nesterov's momentum needs momentum above 0 and dampening 0; got {momentum} and {dampening}.");
        _defaults = new Options
        {
            LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
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
        var direction = gradient;
        if (options.weight_decay is { } decay and not 0) direction = direction.add(parameter, alpha: decay);
        if (options.momentum is { } momentum and not 0)
        {
            if (state.momentum_buffer is null) state.momentum_buffer = direction.clone().DetachFromDisposeScope();
            else state.momentum_buffer.mul_(momentum).add_(direction, alpha: 1 - options.dampening!.Value);
            direction = options.nesterov!.Value ? direction.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
        }
        parameter.add_(direction, alpha: options.maximize!.Value ? options.LearningRate!.Value : -options.LearningRate!.Value);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override OptimizerOptions Complete(OptimizerOptions? given)
    {
        var (options, otherwise) = ((Options?)given ?? new Options(), (Options)_defaults);
        options.LearningRate ??= otherwise.LearningRate;
        options.momentum ??= otherwise.momentum;
        options.dampening ??= otherwise.dampening;
        options.weight_decay ??= otherwise.weight_decay;
        options.nesterov ??= otherwise.nesterov;
        options.maximize ??= otherwise.maximize;
        return options;
    }

    /// <summary>What gradient descent remembers of a parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The running direction; null before the first step with momentum.</summary>
        public Tensor? momentum_buffer;

        /// <summary>The state of <paramref name="parameter"/>.</summary>
        public State(Parameter parameter) : base(parameter)
        {
        }

        /// <inheritdoc/>
        public override void Initialize(OptimizerOptions options) => Replace(ref momentum_buffer, null);

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader) => LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerState source) => CopyFrom(ref momentum_buffer, ((State)source).momentum_buffer);

        /// <inheritdoc/>
        public override bool ApproximatelyEquals(OptimizerState other) => other is State state && Near(momentum_buffer, state.momentum_buffer);

        /// <inheritdoc/>
        public override void to(Device device) => Move(ref momentum_buffer, device);

        /// <summary>Disposes the running direction.</summary>
        public void Dispose() => momentum_buffer?.Dispose();
    }

    /// <summary>The options of gradient descent; null for the optimizer's.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>How much of the last direction goes into the next.</summary>
        public double? momentum;

        /// <summary>How much of the gradient is left out of the running direction.</summary>
        public double? dampening;

        /// <summary>The factor of the parameter that is added to its gradient.</summary>
        public double? weight_decay;

        /// <summary>Whether the step looks ahead along the running direction.</summary>
        public bool? nesterov;

        /// <summary>Whether to climb instead of descend.</summary>
        public bool? maximize;

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var given = (Options)source;
            (momentum, dampening, weight_decay) = (given.momentum, given.dampening, given.weight_decay);
            (nesterov, maximize) = (given.nesterov, given.maximize);
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        /// <summary>A group to fill in.</summary>
        public ParamGroup()
        {
        }

        /// <summary>A group with options; those left null are the optimizer's.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        /// <summary>A group with all options given.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
            })
        {
        }

        /// <inheritdoc/>
        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }
}
