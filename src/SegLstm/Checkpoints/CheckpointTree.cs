using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Checkpoints;

/// <summary>Finds the state dict in what a checkpoint holds, and names its tensors.</summary>
internal static class CheckpointTree
{
    // What training programs call the state dict of the model, the likelier first.
    private static readonly string[] Wrappers =
    [
        "state_dict", "model_state_dict", "model_state", "model", "module", "net", "network",
    ];

    private const int MostDepth = 64, NameCost = 128;

    /// <summary>Most bytes that all tensors together may show beyond 16 times the file: windows on the same memory, or steps of
    /// zero.</summary>
    private const long MostRepeated = 64L << 20;

    /// <summary>Follows the wrappers from the root: at each level into the first of them that is a dictionary with
    /// tensors.</summary>
    /// <returns>The keys that were followed, and the state dict.</returns>
    public static (IReadOnlyList<string> Path, PickleValue StateDict) Unwrap(PickleValue root)
    {
        var path = new List<string>();
        while (path.Count < Wrappers.Length && Wrappers.FirstOrDefault(name => HoldsTensors(root[name])) is { } wrapper)
        {
            path.Add(wrapper);
            root = root[wrapper]!;
        }

        return (path, root);
    }

    /// <summary>The tensors under a value, by their keys joined with dots.</summary>
    /// <param name="root">The value; a tensor alone is called <c>tensor</c>.</param>
    /// <param name="fileLength">Bounds what all of them may show.</param>
    /// <exception cref="CheckpointException">Containers are too deep, or contain themselves; a name stands twice.</exception>
    public static List<(string Name, PickleValue.TensorView Tensor)> Tensors(PickleValue root, long fileLength)
    {
        var found = new List<(string, PickleValue.TensorView)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var budget = new MemoryBudget();
        UInt128 bytes = 0;
        foreach (var (path, value) in Leaves(root, "", 0, budget))
        {
            var name = path.Length == 0 ? "tensor" : path;
            var tensor = value switch
            {
                PickleValue.TensorView view => view,
                PickleStorage storage => new PickleValue.TensorView(storage, 0, [storage.Count], [1]),
                _ => null,
            };
            if (tensor is null)
            {
                continue;
            }

            budget.Charge(NameCost);
            bytes += (UInt128)(tensor.Shape.Aggregate(1L, (product, size) => product * size) * TensorTypes.SizeOf(tensor.DType));
            if (bytes > (UInt128)MostRepeated + (16 * (UInt128)fileLength))
            {
                throw new CheckpointException(CheckpointError.Expansion,
                    $"its tensors up to '{Printable.Of(name)}' show {bytes} bytes, but the file has {fileLength}: they repeat "
                        + "the same memory over and over.");
            }

            if (!names.Add(name))
            {
                throw new CheckpointException(CheckpointError.DuplicateName, $"the tensor '{Printable.Of(name)}' stands twice.");
            }

            found.Add((name, tensor));
        }

        return found;
    }

    /// <summary>Names without <c>module.</c>, which DistributedDataParallel puts before each, where all of them have
    /// it.</summary>
    public static IEnumerable<string> WithoutModule(IReadOnlyCollection<string> names)
    {
        const string Prefix = "module.";
        return names.Count > 0
            && names.All(name => name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal))
            ? names.Select(name => name[Prefix.Length..]) : names;
    }

    private static bool HoldsTensors(PickleValue? value) =>
        HoldsTensors(value, new HashSet<PickleValue>(ReferenceEqualityComparer.Instance), 0);

    /// <summary>Whether a dictionary has a tensor, or one in it has; each is looked at once, however often it is
    /// contained.</summary>
    private static bool HoldsTensors(PickleValue? value, HashSet<PickleValue> seen, int depth) =>
        value is PickleValue.Dictionary dictionary && depth < MostDepth && seen.Add(dictionary)
        && dictionary.Items.Any(item => item.Value is PickleValue.TensorView || HoldsTensors(item.Value, seen, depth + 1));

    private static IEnumerable<(string Name, PickleValue Value)> Leaves(PickleValue value, string name, int depth,
        MemoryBudget budget)
    {
        // Each step is paid for, so that containers which are contained many times over end as those do which contain themselves.
        budget.Charge(NameCost + (2L * name.Length));
        if (depth > MostDepth)
        {
            throw new CheckpointException(CheckpointError.TooDeep,
                $"its containers are nested more than {MostDepth} deep, or contain themselves, at '{Printable.Of(name)}'.");
        }

        var children = value switch
        {
            PickleValue.Dictionary dictionary => dictionary.Items.Select(item => (Key: KeyOf(item.Key), item.Value)),
            PickleValue.List list => list.Items.Select((item, i) => (Key: $"{i}", Value: item)),
            PickleValue.Tuple tuple => tuple.Items.Select((item, i) => (Key: $"{i}", Value: item)),
            _ => null,
        };
        return children is null ? [(name, value)]
            : children.SelectMany(child =>
                Leaves(child.Value, name.Length == 0 ? child.Key : $"{name}.{child.Key}", depth + 1, budget));
    }

    private static string KeyOf(PickleValue key) => key is PickleValue.Text text ? text.Value : key.ToString();
}
