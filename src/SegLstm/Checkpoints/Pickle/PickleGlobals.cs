using System.Collections.Frozen;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>
/// The Python names that a checkpoint may mention: a table, not a way to types. Nothing here or elsewhere makes a .NET type or
/// method of a name in a file.
/// </summary>
/// <remarks>What torch itself writes into state dicts and training checkpoints; see torch/_utils.py and
/// torch/serialization.py.</remarks>
internal static class PickleGlobals
{
    private static readonly string[] Types =
    [
        .. TensorTypes.Names, "float", "double", "half", "int", "long", "short", "cfloat", "cdouble",
    ];

    private static readonly FrozenDictionary<(string Module, string Name), PickleValue.Word> Allowed = All().ToFrozenDictionary(
        word => word.At, word => new PickleValue.Word($"{word.At.Module}.{word.At.Name}", word.Function, word.Type));

    /// <summary>The word that a name stands for.</summary>
    /// <param name="module">Python's module.</param>
    /// <param name="name">The name in it.</param>
    /// <param name="at">The byte of the pickle, for the message.</param>
    /// <param name="script">The pickle is part of a TorchScript archive, whose classes are named <c>__torch__.*</c>.</param>
    /// <exception cref="CheckpointException">The name is not on the list.</exception>
    public static PickleValue.Word Find(string module, string name, long at, bool script) =>
        Allowed.TryGetValue((module, name), out var word) ? word
        : script && IsScriptClass(module) ? new PickleValue.Word($"{module}.{name}", PickleFunction.ScriptObject)
        : throw new CheckpointException(
            CheckpointError.ForbiddenGlobal,
            $"its pickle asks for the Python object '{Printable.Of(module)}.{Printable.Of(name)}' at byte {at}, "
                + $"{Reason(module, name)}. "
            + "Nothing of it was executed.");

    private static string Reason(string module, string name) => (module, name) switch
    {
        ("torch._utils", "_rebuild_qtensor")
            or ("torch", "QInt8Storage" or "QUInt8Storage" or "QInt32Storage" or "QUInt4x2Storage"
            or "QUInt2x4Storage") => "a quantized tensor, which is not read: dequantize it in Python and save it again",
        ("torch._utils", "_rebuild_sparse_tensor" or "_rebuild_sparse_csr_tensor") =>
            "a sparse tensor, which is not read: save its to_dense() in Python",
        ("torch._utils", "_rebuild_tensor_v3") =>
            "a tensor of a type that libtorch 1.13 lacks: convert it in Python to one that it has and save it again",
        _ when IsScriptClass(module) =>
            "a TorchScript program: save the model's state_dict() in Python instead",
        _ => "which is no tensor, container or number. Where you trust the file, save its state dict alone in Python: "
            + "torch.save(model.state_dict(), file)",
    };

    private static bool IsScriptClass(string module) =>
        module == "__torch__" || module.StartsWith("__torch__.", StringComparison.Ordinal);

    private static IEnumerable<((string Module, string Name) At, PickleFunction Function, ScalarType? Type)> All()
    {
        foreach (var (storage, type) in TensorTypes.Storages)
        {
            yield return (("torch", storage), PickleFunction.Name, type);
        }

        // A storage without a type counts bytes.
        foreach (var name in new[] { "UntypedStorage", "_UntypedStorage" })
        {
            yield return (("torch.storage", name), PickleFunction.Name, ScalarType.Byte);
        }

        foreach (var name in new[] { "TypedStorage", "_TypedStorage" })
        {
            yield return (("torch.storage", name), PickleFunction.Name, null);
        }

        foreach (var name in Types)
        {
            yield return (("torch", name), PickleFunction.Name, null);
        }

        foreach (var (module, name, function) in Functions)
        {
            yield return ((module, name), function, null);
        }
    }

    private static IEnumerable<(string Module, string Name, PickleFunction Function)> Functions =>
    [
        ("collections", "OrderedDict", PickleFunction.Dictionary),
        ("collections", "Counter", PickleFunction.Dictionary),
        ("builtins", "set", PickleFunction.Set),
        ("__builtin__", "set", PickleFunction.Set),
        ("builtins", "complex", PickleFunction.Complex),
        ("__builtin__", "complex", PickleFunction.Complex),
        ("_codecs", "encode", PickleFunction.Encode),
        ("torch", "Size", PickleFunction.Size),
        ("torch", "device", PickleFunction.Device),
        ("torch._utils", "_rebuild_tensor", PickleFunction.Tensor),
        ("torch._utils", "_rebuild_tensor_v2", PickleFunction.Tensor),
        ("torch._utils", "_rebuild_parameter", PickleFunction.Parameter),
        ("torch._utils", "_rebuild_parameter_with_state", PickleFunction.Parameter),
        ("torch.jit._pickle", "build_intlist", PickleFunction.Typed),
        ("torch.jit._pickle", "build_doublelist", PickleFunction.Typed),
        ("torch.jit._pickle", "build_boollist", PickleFunction.Typed),
        ("torch.jit._pickle", "build_tensorlist", PickleFunction.Typed),
        ("torch.jit._pickle", "restore_type_tag", PickleFunction.Typed),
        ("numpy", "dtype", PickleFunction.NumpyType),
        ("numpy.core.multiarray", "scalar", PickleFunction.NumpyNumber),
        ("numpy._core.multiarray", "scalar", PickleFunction.NumpyNumber),
    ];
}
