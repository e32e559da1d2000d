using Microsoft.DotNet.Interactive;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Sessions;

/// <summary>A cell that is running or has run, as its code and the threads that it started see it.</summary>
internal sealed class RunningCell
{
    private static readonly AsyncLocal<RunningCell?> OwnCell = new();
    private static RunningCell? latest;

    public RunningCell(ICellOutput output, CancellationToken interrupt)
    {
        Output = output;
        Interrupt = interrupt;
        Context = new KernelInvocationContext(this);
    }

    /// <summary>
    /// The cell that the calling code belongs to. Code that no cell started (a native library's thread) belongs to the latest.
    /// </summary>
    public static RunningCell? Current => Own ?? latest;

    /// <summary>The cell that the calling code belongs to; null for what no cell started.</summary>
    public static RunningCell? Own => OwnCell.Value;

    public ICellOutput Output { get; }

    public CancellationToken Interrupt { get; }

    /// <summary>What was typed for the cell and it has not read yet: the rest of a line.</summary>
    public TextReader Typed { get; set; } = TextReader.Null;

    public KernelInvocationContext Context { get; }

    /// <summary>Makes this the cell of what the calling method does from here on.</summary>
    public void Enter()
    {
        latest = this;
        OwnCell.Value = this;
    }

    /// <summary>Gives code that no cell started back to the host: the session of the latest cell has ended.</summary>
    public void Forget() => Interlocked.CompareExchange(ref latest, null, this);
}
