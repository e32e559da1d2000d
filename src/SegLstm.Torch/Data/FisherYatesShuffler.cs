using System.Collections;
using SegLstm.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The numbers from 0 to below a size in random order.</summary>
/// <remarks>
/// With a seed every enumeration gives the same order. Without one each gives another, drawn from torch's generator, so
/// that <c>torch.manual_seed</c> settles them all.
/// </remarks>
/// <param name="size">How many numbers there are.</param>
/// <param name="seed">Settles the order; or null.</param>
public class FisherYatesShuffler(long size, int? seed = null) : IEnumerable<long>
{
    private static readonly Operator s_draw = new("aten::randint");

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator()
    {
        var random = new Random(seed ?? Draw());
        var order = new long[size];
        for (var k = 0; k < size; k++)
        {
            var other = random.NextInt64(k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        return ((IEnumerable<long>)order).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Draw()
    {
        using var number = s_draw.Invoke((long)int.MaxValue, new[] { 1L }, ScalarType.Int64);
        return (int)number.item<long>();
    }
}
