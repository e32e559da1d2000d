using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>Orders in which a scan reads the tokens of a sequence, such as the rows and the columns of a grid.</summary>
public sealed unsafe class TokenOrders
{
    // Pinned: kernels read it by its address.
    private readonly int[] places;

    /// <summary>Takes orders.</summary>
    /// <param name="orders">Of each order the tokens' numbers from 0, as they are read.</param>
    /// <exception cref="ArgumentException">There is none, or one of them does not name each token once.</exception>
    public TokenOrders(params IReadOnlyList<int>[] orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        (Count, Length) = (orders.Length, orders.FirstOrDefault()?.Count ?? 0);
        if (Length == 0)
        {
            throw new ArgumentException("Expected at least one order of at least one token, got none.", nameof(orders));
        }

        places = GC.AllocateUninitializedArray<int>(checked(Count * Length), pinned: true);
        for (var order = 0; order < Count; order++)
        {
            Require(orders[order], Length, order);
            for (var t = 0; t < Length; t++)
            {
                places[(order * Length) + t] = orders[order][t];
            }
        }
    }

    /// <summary>Orders, K.</summary>
    public int Count { get; }

    /// <summary>Tokens, L.</summary>
    public int Length { get; }

    /// <summary>The token that an order reads at a time.</summary>
    /// <param name="order">0 to K - 1.</param>
    /// <param name="time">0 to L - 1.</param>
    public int this[int order, int time] =>
        (uint)order < (uint)Count && (uint)time < (uint)Length
            ? places[(order * Length) + time]
            : throw new ArgumentOutOfRangeException(
                nameof(order), $"Expected an order below {Count} and a time below {Length}, got {order} and {time}.");

    /// <summary>The tokens of an order as they are read; valid as long as this.</summary>
    internal int* Of(int order)
    {
        fixed (int* start = places)
        {
            return start + ((nint)order * Length);
        }
    }

    /// <summary>The tokens of an order <c>(L)</c>, to gather by.</summary>
    internal Tensor Index(int order) => tensor(Array.ConvertAll(places[(order * Length)..((order + 1) * Length)], x => (long)x));

    private static void Require(IReadOnlyList<int> order, int length, int number)
    {
        var seen = new bool[length];
        for (var t = 0; t < order.Count; t++)
        {
            if ((uint)order[t] >= (uint)length || seen[order[t]])
            {
                throw new ArgumentException(
                    $"Order {number}: expected each of the tokens 0 to {length - 1} once, got {order[t]} at {t}.", nameof(order));
            }

            seen[order[t]] = true;
        }

        if (order.Count != length)
        {
            throw new ArgumentException($"Order {number}: expected {length} tokens, got {order.Count}.", nameof(order));
        }
    }
}
