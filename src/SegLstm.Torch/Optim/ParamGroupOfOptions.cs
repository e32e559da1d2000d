namespace TorchSharp.Modules;

/// <summary>Parameters that share the options of one optimizer class.</summary>
/// <typeparam name="TOptions">The optimizer's options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>A group to fill in.</summary>
    public ParamGroup()
    {
    }

    /// <summary>A group of parameters; without options it takes the optimizer's.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The options of the group.</summary>
    public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
}
