using System.Reflection;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Looks at what every part of a model gives, by forward hooks, and keeps the first that is not finite.</summary>
internal sealed class ModuleWatch : IDisposable
{
    private static readonly Dictionary<Type, MethodInfo> Hooks = new()
    {
        [typeof(nn.Module<,>)] = Method(nameof(HookOne)),
        [typeof(nn.Module<,,>)] = Method(nameof(HookTwo)),
        [typeof(nn.Module<,,,>)] = Method(nameof(HookThree)),
    };

    private readonly List<Action> _removals = [];

    /// <summary>Watches all modules below one until this is disposed.</summary>
    public ModuleWatch(nn.Module model)
    {
        foreach ((string name, nn.Module module) in model.named_modules())
        {
            for (Type? type = module.GetType(); type is not null; type = type.BaseType)
            {
                if (!type.IsGenericType || !Hooks.TryGetValue(type.GetGenericTypeDefinition(), out MethodInfo? hook)) continue;
                hook.MakeGenericMethod(type.GetGenericArguments()).Invoke(this, [name, module]);
                break;
            }
        }
    }

    /// <summary>The first part with an output that is not finite; null while there is none.</summary>
    public nn.Module? Module { get; private set; }

    /// <summary>Its dotted name: where its own input is not finite already, that of what stands around it.</summary>
    public string? Name { get; private set; }

    /// <summary>The part in front of which it happened, where it happened between parts; else null.</summary>
    public string? Before { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Action remove in _removals) remove();
    }

    private void HookOne<T, TResult>(string name, nn.Module<T, TResult> module)
    {
        var hook = module.register_forward_hook((_, x, y) => See(name, module, y, x));
        _removals.Add(hook.remove);
    }

    private void HookTwo<T1, T2, TResult>(string name, nn.Module<T1, T2, TResult> module)
    {
        var hook = module.register_forward_hook((_, x1, x2, y) => See(name, module, y, x1, x2));
        _removals.Add(hook.remove);
    }

    private void HookThree<T1, T2, T3, TResult>(string name, nn.Module<T1, T2, T3, TResult> module)
    {
        var hook = module.register_forward_hook((_, x1, x2, x3, y) => See(name, module, y, x1, x2, x3));
        _removals.Add(hook.remove);
    }

    private T See<T>(string name, nn.Module module, T output, params object?[] inputs)
    {
        if (Module is not null || IsFinite(output)) return output;
        Module = module;
        bool given = !inputs.All(IsFinite);
        // The branch around which a drop path stands runs inside it: what comes out is the whole block's.
        Name = given || module is DropPath ? name[..Math.Max(0, name.LastIndexOf('.'))] : name;
        Before = given ? name : null;
        return output;
    }

    private static bool IsFinite(object? value) => value switch
    {
        Tensor tensor => All(tensor),
        Tensor[] tensors => tensors.All(All),
        _ => true,
    };

    private static bool All(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return !tensor.is_floating_point() || tensor.detach().isfinite().all().item<bool>();
    }

    private static MethodInfo Method(string name) =>
        typeof(ModuleWatch).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!;
}
