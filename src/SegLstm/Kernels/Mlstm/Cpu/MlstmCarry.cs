namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The state of one head, where a sequence is computed in several parts.</summary>
/// <typeparam name="T">The element.</typeparam>
internal sealed unsafe class MlstmCarry<T>
    where T : unmanaged
{
    /// <summary>Nothing has been read yet.</summary>
    /// <param name="start">Room for memory and normaliser: <see cref="MlstmShape.StateElements"/>.</param>
    public MlstmCarry(T* start)
    {
        Start = start;
    }

    /// <summary>Memory, then the normaliser.</summary>
    public T* Start { get; }

    /// <summary>Whether there is a state.</summary>
    public bool HasPast { get; set; }

    /// <summary>The stabiliser.</summary>
    public double M { get; set; } = double.NegativeInfinity;

    /// <summary>Forgets, for another sequence.</summary>
    public void Clear() => (HasPast, M) = (false, double.NegativeInfinity);
}
