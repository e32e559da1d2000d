using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, a state for each parameter, saving and loading.</summary>
public abstract class OptimizerHelper : Optimizer
{
    /// <summary>The options that groups take where they leave them open.</summary>
    protected OptimizerOptions _defaults = null!;

    private protected readonly Dictionary<Parameter, OptimizerState> States = new(ReferenceEqualityComparer.Instance);

    private protected abstract OptimizerOptions Complete(OptimizerOptions? given);

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <exception cref="ArgumentException">A parameter is in a group already.</exception>
    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        var members = param_group.Parameters.ToList();
        foreach (var parameter in members)
            if (States.ContainsKey(parameter)) throw new ArgumentException("A parameter is in two groups of the optimizer, or twice in one.", nameof(param_group));
            else States.Add(parameter, NewState(parameter));
        param_group.Parameters = members;
        param_group.Options = Complete(param_group.Options);
        param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
        _parameter_groups.Add(param_group);
        foreach (var parameter in members) States[parameter].Initialize(param_group.Options);
    }

    /// <summary>The options and the state of all parameters, in order.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([]);
            foreach (var parameter in group.Parameters)
            {
                dictionary.StateIndexRef[^1].Add(dictionary.State.Count);
                dictionary.State.Add(States[parameter]);
            }
        }
        return dictionary;
    }

    /// <summary>Copies the options and the state of an optimizer of the same class with the same groups.</summary>
    /// <exception cref="ArgumentException">The number of groups or parameters differs.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        RequireSame(state_dict.Options.Count, own.Options.Count, "groups");
        RequireSame(state_dict.State.Count, own.State.Count, "parameters");
        foreach (var (mine, given) in own.Options.Zip(state_dict.Options))
            if (!ReferenceEquals(mine, given)) mine.LoadStateDict(given);
        foreach (var (mine, given) in own.State.Zip(state_dict.State))
            if (!ReferenceEquals(mine, given)) mine.LoadStateDict(given);
    }

    /// <summary>Writes the options and the state to a file, which appears only when it is complete.</summary>
    public void save_state_dict(string location) => AtomicFile.Write(location, save_state_dict);

    /// <summary>Writes the options and the state.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Encode(own.Options.Count);
        writer.Encode(own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    /// <summary>Reads a file that <see cref="save_state_dict(string)"/> wrote.</summary>
    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is another optimizer class's.</exception>
    /// <exception cref="ArgumentException">The number of groups or parameters differs.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var written = reader.ReadString();
        if (written != GetType().Name) throw new InvalidDataException($"The state is that of {written}; this optimizer is {GetType().Name}.");
        var own = state_dict();
        RequireSame(reader.Decode(), own.Options.Count, "groups");
        RequireSame(reader.Decode(), own.State.Count, "parameters");
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    /// <summary>Moves the state to a device.</summary>
    public void to(Device device)
    {
        foreach (var state in States.Values) state.to(device);
    }

    /// <summary>Computes the loss where asked to, then changes each group, recording no graph and leaving no temporaries.</summary>
    private protected Tensor? Step<TState>(Func<Tensor>? closure, Action<ParamGroup, Parameter, TState, Tensor> change) where TState : OptimizerState
    {
        Tensor? loss = null;
        if (closure is not null)
            using (enable_grad()) loss = closure();

        using var noGradient = no_grad();
        foreach (var group in _parameter_groups)
            foreach (var parameter in group.Parameters)
            {
                using var gradient = parameter.grad;
                if (gradient is null) continue;
                using var temporaries = NewDisposeScope();
                change(group, parameter, (TState)States[parameter], gradient);
            }
        return loss;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var state in States.Values) (state as IDisposable)?.Dispose();
        States.Clear();
    }

    private static void RequireSame(long given, long own, string what)
    {
        if (given != own) throw new ArgumentException($"The state has {given} {what}; this optimizer has {own}.");
    }
}
