using SegLstm.Checkpoints.Pickle;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pth;

/// <summary>Finds which tensors look at the same memory, so that it is written once.</summary>
internal sealed class SharedMemory
{
    private readonly List<(ScalarType DType, Func<Tensor> Elements)> storages = [];

    private SharedMemory(StorageWindow[] windows) => Windows = windows;

    /// <summary>A window for each tensor, in their order.</summary>
    public StorageWindow[] Windows { get; }

    /// <summary>The storages, called 0, 1, 2 and so on: each makes a tensor of all its elements, contiguous on the CPU.</summary>
    public IReadOnlyList<(ScalarType DType, Func<Tensor> Elements)> Storages => storages;

    /// <summary>Plans the storages of dense tensors.</summary>
    public static SharedMemory Of(IReadOnlyList<Tensor> tensors)
    {
        var plan = new SharedMemory(new StorageWindow[tensors.Count]);
        var reaches = tensors.Select(Reach.Of).ToArray();
        var order = Enumerable.Range(0, tensors.Count)
            .OrderBy(i => reaches[i].Memory).ThenBy(i => tensors[i].dtype).ThenBy(i => reaches[i].First).ThenBy(i => i).ToArray();
        var groups = new List<List<int>>();
        var end = 0L;
        foreach (var i in order)
        {
            var before = groups.Count > 0 ? groups[^1][0] : -1;
            if (before >= 0 && reaches[i].Memory != 0 && reaches[i].Memory == reaches[before].Memory
                && tensors[i].dtype == tensors[before].dtype && reaches[i].First < end)
            {
                groups[^1].Add(i);
                end = Math.Max(end, reaches[i].End);
            }
            else
            {
                groups.Add([i]);
                end = reaches[i].End;
            }
        }

        // The file's order is that of the tensors, not that of the memory, which differs from run to run.
        foreach (var group in groups.OrderBy(group => group.Min()))
        {
            plan.Add(group, tensors, reaches);
        }

        return plan;
    }

    private void Add(List<int> group, IReadOnlyList<Tensor> tensors, Reach[] reaches)
    {
        var key = $"{storages.Count}";
        var tensor = tensors[group[0]];
        var (first, end) = (reaches[group[0]].First, group.Max(i => reaches[i].End));
        if (group.Count == 1 && (reaches[group[0]].Memory == 0 || tensor.numel() <= end - first))
        {
            var strides = new long[tensor.shape.Length];
            var step = 1L;
            for (var i = strides.Length - 1; i >= 0; i--)
            {
                strides[i] = step;
                step *= Math.Max(1, tensor.shape[i]);
            }

            storages.Add((tensor.dtype, () => tensor.detach().cpu().contiguous().view(-1)));
            Windows[group[0]] = new StorageWindow(tensor.dtype, key, tensor.numel(), 0, tensor.shape, strides);
            return;
        }

        storages.Add((tensor.dtype, () => tensor.detach().as_strided([end - first], [1], first)));
        foreach (var i in group)
        {
            Windows[i] = new StorageWindow(tensor.dtype, key, end - first, reaches[i].First - first, tensors[i].shape,
                tensors[i].stride());
        }
    }

    /// <summary>The part of its storage that a tensor spans.</summary>
    /// <param name="Memory">Where the storage begins; 0 for a tensor without elements or outside the CPU's memory.</param>
    /// <param name="First">The first element in it.</param>
    /// <param name="End">One past the last element.</param>
    private readonly record struct Reach(nint Memory, long First, long End)
    {
        public static unsafe Reach Of(Tensor tensor)
        {
            var elements = tensor.numel();
            if (elements == 0 || tensor.device_type != DeviceType.CPU)
            {
                return new Reach(0, 0, elements);
            }

            using var scope = NewDisposeScope();
            var strides = tensor.stride();
            var first = tensor.storage_offset();
            var last = first + tensor.shape.Zip(strides, (size, step) => (size - 1) * step).Sum();
            fixed (byte* start = tensor.detach().as_strided([1], [1], 0).bytes)
            {
                return new Reach((nint)start, first, last + 1);
            }
        }
    }
}
