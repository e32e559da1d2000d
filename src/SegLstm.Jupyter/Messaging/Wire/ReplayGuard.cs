using System.Globalization;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>
/// Remembers the signatures of messages that were accepted, so that a message sent again is refused. Safe to share between
/// threads.
/// </summary>
/// <remarks>
/// Memory is bounded: the newest <paramref name="capacity"/> signatures are kept (at most about 9 MB for the default), older
/// ones are forgotten. Without a key there are no signatures, and a repeated message cannot be told from a new one.
/// </remarks>
/// <param name="capacity">How many signatures are kept.</param>
internal sealed class ReplayGuard(int capacity = 1 << 17)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>Notes a signature.</summary>
    /// <param name="signature">Hexadecimal digits, found right before.</param>
    /// <returns>False where it was seen before.</returns>
    public bool TryAccept(ReadOnlySpan<byte> signature)
    {
        // Half of a signature tells them apart as surely, in a quarter of the memory of its digits.
        UInt128 mark = UInt128.Parse(signature[..32], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (!_seen.Add(mark)) return false;
            _order.Enqueue(mark);
            if (_order.Count > capacity) _seen.Remove(_order.Dequeue());
            return true;
        }
    }
}
