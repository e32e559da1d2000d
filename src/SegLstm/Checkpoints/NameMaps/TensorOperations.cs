using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.NameMaps;

/// <summary>The operations on tensors that maps may name. Each gives null for a shape that it does not take.</summary>
internal static class TensorOperations
{
    private static readonly Dictionary<string, Func<Tensor, Tensor?>> All = new(StringComparer.Ordinal)
    {
        ["swin_merging_order"] = SwinMergingOrder,
        ["join_first_dimensions"] = tensor => tensor.ndim < 2 ? null : tensor.flatten(0, 1),
        ["without_middle_token"] = WithoutMiddleToken,
    };

    /// <summary>An operation by its name in maps.</summary>
    /// <exception cref="ArgumentException">There is no such operation.</exception>
    public static Func<Tensor, Tensor?> Get(string name) => All.TryGetValue(name, out var operation) ? operation
        : throw new ArgumentException($"There is no operation '{name}': expected one of {string.Join(", ", All.Keys)}.");

    /// <summary>Exchanges two dimensions.</summary>
    public static Tensor? Transposed(Tensor tensor, int first, int second) =>
        Math.Max(first, second) < tensor.ndim ? tensor.transpose(first, second).contiguous() : null;

    /// <summary>
    /// Microsoft's patch merging gathers offset by offset, (0,0) (1,0) (0,1) (1,1); mmsegmentation's channel by channel, the
    /// offsets row by row. Reduction <c>(2C, 4C)</c> or its norm <c>(4C)</c>.
    /// </summary>
    /// <remarks>open-mmlab/mmsegmentation, tools/model_converters/swin2mmseg.py.</remarks>
    private static Tensor? SwinMergingOrder(Tensor tensor)
    {
        if (tensor.ndim is not (1 or 2) || tensor.shape[^1] % 4 != 0)
        {
            return null;
        }

        long[] rows = tensor.shape[..^1], offsets = [0, 2, 1, 3];
        var byOffset = tensor.reshape([.. rows, 4, tensor.shape[^1] / 4]);
        return byOffset.index_select(-2, torch.tensor(offsets)).transpose(-1, -2).reshape(tensor.shape);
    }

    /// <summary>Position embeddings <c>(1, M + 1, D)</c> of Vim without the one of the class token, which stands at M /
    /// 2.</summary>
    private static Tensor? WithoutMiddleToken(Tensor tensor)
    {
        if (tensor.ndim != 3 || tensor.shape[1] < 2)
        {
            return null;
        }

        var middle = (tensor.shape[1] - 1) / 2;
        return cat([tensor.narrow(1, 0, middle), tensor.narrow(1, middle + 1, tensor.shape[1] - middle - 1)], 1);
    }
}
