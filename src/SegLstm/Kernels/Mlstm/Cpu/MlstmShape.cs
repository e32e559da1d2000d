using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>Sizes of an mLSTM, and how its tokens are cut into chunks. Widths are rounded up to whole vectors.</summary>
internal sealed class MlstmShape
{
    private readonly int lanes;

    /// <summary>Cuts a sequence up.</summary>
    public MlstmShape(MlstmTensors x, int chunk, int lanes) : this(
        checked((int)x.Q.shape[0]), checked((int)x.Q.shape[1]), checked((int)x.Q.shape[2]), checked((int)x.K.shape[3]),
        checked((int)x.V.shape[3]), chunk, lanes)
    {
    }

    /// <summary>Cuts a sequence of these sizes up.</summary>
    public MlstmShape(int batch, int heads, int length, int keyWidth, int valueWidth, int chunk, int lanes)
    {
        this.lanes = lanes;
        (Batch, Heads, Length, KeyWidth, ValueWidth) = (batch, heads, length, keyWidth, valueWidth);
        (Keys, Values) = (WholeVectors(KeyWidth), WholeVectors(ValueWidth));
        Chunk = WholeVectors(Math.Min(chunk, Length));
        Chunks = (Length + Chunk - 1) / Chunk;
        Kept = checked((Keys * Values) + Keys + lanes);
    }

    /// <summary>B.</summary>
    public int Batch { get; }

    /// <summary>H.</summary>
    public int Heads { get; }

    /// <summary>S.</summary>
    public int Length { get; }

    /// <summary>K.</summary>
    public int KeyWidth { get; }

    /// <summary>V.</summary>
    public int ValueWidth { get; }

    /// <summary>K in whole vectors.</summary>
    public int Keys { get; }

    /// <summary>V in whole vectors.</summary>
    public int Values { get; }

    /// <summary>L: tokens of a chunk, whole vectors.</summary>
    public int Chunk { get; }

    /// <summary>Chunks of a sequence; the last may be shorter.</summary>
    public int Chunks { get; }

    /// <summary>Elements of a state as it is kept for the backward pass: memory, normaliser, stabiliser.</summary>
    public int Kept { get; }

    /// <summary>Elements of memory and normaliser.</summary>
    public int StateElements => (Keys * Values) + Keys;

    /// <summary>Elements of all kept states: those before each chunk but the first.</summary>
    public long KeptElements => (long)Batch * Heads * (Chunks - 1) * Kept;

    /// <summary>Where the state before a chunk, but the first, begins.</summary>
    public long KeptOffset(int sequence, int chunk) => (((long)sequence * (Chunks - 1)) + chunk - 1) * Kept;

    /// <summary>Tokens of a chunk.</summary>
    public int Tokens(int chunk) => Math.Min(Chunk, Length - (chunk * Chunk));

    /// <summary>The least number of whole vectors, and of rows that are multiplied together, that holds this many.</summary>
    public int WholeVectors(int count)
    {
        var unit = Math.Max(lanes, 4);
        return (count + unit - 1) / unit * unit;
    }

    /// <summary>Multiply-adds of a forward pass.</summary>
    public double MultiplyAdds => (double)Batch * Heads * Length * ((Chunk * (Keys + Values) / 2.0) + (2.0 * Keys * Values));
}
