using System.Runtime.InteropServices;
using SegLstm.Torch;
using static TorchSharp.torch;
using Kind = TorchSharp.torch.TensorIndex.Kind;

namespace TorchSharp;

/// <summary>PyTorch's indexing: views for positions, slices, None and Ellipsis first, then one gather for all tensors.</summary>
internal static class Indexing
{
    private static readonly Operator
        gather = new("aten::index", "Tensor"),
        put = new("aten::index_put_");

    internal static TensorIndex[] Of(Tensor[] indices) => Array.ConvertAll(indices, TensorIndex.Tensor);

    internal static Tensor Get(Tensor self, ReadOnlySpan<TensorIndex> indices)
    {
        Tensor view = View(self, indices, out Tensor?[] positions);
        if (positions.Length == 0) return ReferenceEquals(view, self) ? self.alias() : view;
        try
        {
            return gather.Invoke(view, positions);
        }
        finally
        {
            Drop(positions, view, self);
        }
    }

    internal static Tensor Set(Tensor self, ReadOnlySpan<TensorIndex> indices, Tensor value, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        Tensor view = View(self, indices, out Tensor?[] positions);
        Tensor? fitted = null;
        try
        {
            fitted = Fit(value, self);
            if (positions.Length > 0) put.InvokeVoid(view, positions, fitted, accumulate);
            else if (accumulate) view.add_(fitted);
            else view.copy_(fitted);
            return self;
        }
        finally
        {
            fitted?.Dispose();
            Drop(positions, view, self);
        }
    }

    // Walks through the indices as libtorch's own front end does: `dim` is where the next one acts.
    private static Tensor View(Tensor self, ReadOnlySpan<TensorIndex> indices, out Tensor?[] positions)
    {
        long dimensions = self.Dimensions, specified = 0;
        foreach (ref readonly TensorIndex index in indices) specified += Specified(index);
        if (specified > dimensions && dimensions == 0)
            throw new ExternalException("invalid index of a 0-dim tensor: read its number with item<T>()");
        if (specified > dimensions) throw new ExternalException($"too many indices for tensor of dimension {dimensions}: {specified}");

        Tensor view = self;
        var gathered = new List<Tensor?>();
        int dim = 0;
        try
        {
            foreach (ref readonly TensorIndex index in indices)
            {
                switch (index.kind)
                {
                    case Kind.Single:
                        Replace(ref view, self, Select(view, dim, Single(index)));
                        break;
                    case Kind.Slice:
                        if (index.start is not null || index.stop is not null || index.step is not null)
                            Replace(ref view, self, Slice(view, dim, index));
                        dim++;
                        break;
                    case Kind.Ellipsis:
                        dim += (int)(dimensions - specified);
                        break;
                    case Kind.None or Kind.Null:
                        Replace(ref view, self, view.unsqueeze(dim++));
                        break;
                    case Kind.Bool:
                        Replace(ref view, self, view.unsqueeze(dim));
                        Record(gathered, Truth(index.start == 1, self), dim++);
                        break;
                    case Kind.Tensor:
                        Replace(ref view, self, Apply(view, index.tensor!, gathered, ref dim));
                        break;
                }
            }
            positions = [.. gathered];
            return view;
        }
        catch
        {
            Drop(gathered, view, self);
            throw;
        }
    }

    private static Tensor Apply(Tensor view, Tensor index, List<Tensor?> gathered, ref int dim)
    {
        ScalarType type = index.dtype;
        if (index.Dimensions > 0 || !torch.is_integral(type))
        {
            // libtorch 1.13 takes only int64 among the integers that are not masks.
            ScalarType wanted = type is ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 ? ScalarType.Int64 : type;
            Record(gathered, index.to(wanted, view.device), dim++);
            return view;
        }
        if (type is ScalarType.Bool or ScalarType.Byte)
        {
            Tensor widened = view.unsqueeze(dim);
            Record(gathered, Truth(index.is_nonzero(), view), dim++);
            return widened;
        }
        using Tensor position = index.to_type(ScalarType.Int64);
        return Select(view, dim, position.item<long>());
    }

    private static Tensor Select(Tensor view, int dim, long position)
    {
        long[] shape = view.shape;
        long size = shape[dim];
        if (position < -size || position >= size)
            throw new ExternalException($"index {position} is out of bounds for dimension {dim} with size {size} (shape [{string.Join(", ", shape)}])");
        return view.select(dim, position);
    }

    private static Tensor Slice(Tensor view, int dim, in TensorIndex index)
    {
        long step = index.step ?? 1;
        if (step <= 0) throw new ExternalException($"slice step must be positive, got {step}: reverse a dimension with flip()");
        return view.slice(dim, index.start ?? 0, index.stop ?? long.MaxValue, step);
    }

    private static long Single(in TensorIndex index) =>
        index.start ?? throw new ArgumentException("TensorIndex.Single(null) names no position");

    // How many dimensions of the tensor an index stands for.
    private static long Specified(in TensorIndex index) => index.kind switch
    {
        Kind.Single or Kind.Slice => 1,
        Kind.Tensor when index.tensor is null => throw new ArgumentNullException(nameof(index), "an index tensor is null"),
        Kind.Tensor when index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte => index.tensor.Dimensions,
        Kind.Tensor => 1,
        _ => 0,
    };

    // A lone truth value indexes the new dimension of size 1: position 0, or none at all.
    private static Tensor Truth(bool value, Tensor self) =>
        value ? torch.zeros([1], ScalarType.Int64, self.device) : torch.empty([0], ScalarType.Int64, self.device);

    private static void Record(List<Tensor?> gathered, Tensor index, int dim)
    {
        while (gathered.Count < dim) gathered.Add(null);
        gathered.Add(index);
    }

    // A value may have more leading dimensions of size 1 than its place; a number takes the type and device of its place.
    private static Tensor Fit(Tensor value, Tensor self)
    {
        if (value.Dimensions == 0) return value.to(self.dtype, self.device);
        long[] shape = value.shape;
        int ones = 0;
        while (ones < shape.Length - 1 && shape[ones] == 1) ones++;
        return ones == 0 ? value.alias() : value.reshape(shape[ones..]);
    }

    private static void Replace(ref Tensor view, Tensor self, Tensor next)
    {
        if (ReferenceEquals(view, next)) return;
        if (!ReferenceEquals(view, self)) view.Dispose();
        view = next;
    }

    private static void Drop(IEnumerable<Tensor?> positions, Tensor view, Tensor self)
    {
        foreach (Tensor? position in positions) position?.Dispose();
        if (!ReferenceEquals(view, self)) view.Dispose();
    }
}
