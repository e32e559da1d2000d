namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>What one token reads, or four neighbours in a row.</summary>
internal unsafe ref struct ConvTile<T>
    where T : unmanaged
{
    /// <summary>What the kernel's first tap reads for the first token; it may lie outside.</summary>
    public T* Source;

    /// <summary>Elements from row to row of the grid.</summary>
    public nint RowStep;

    /// <summary>Elements from token to token.</summary>
    public nint TokenStep;

    /// <summary>The kernel's first tap.</summary>
    public T* Taps;

    /// <summary>Elements from tap to tap.</summary>
    public nint TapStep;

    /// <summary>Columns of the kernel.</summary>
    public int KernelColumns;

    /// <summary>The kernel's rows that lie on the grid: the first.</summary>
    public int FromRow;

    /// <summary>The one behind the last.</summary>
    public int ToRow;

    /// <summary>The kernel's columns that lie on the grid: the first.</summary>
    public int FromColumn;

    /// <summary>The one behind the last.</summary>
    public int ToColumn;

    /// <summary>What the first tap on the grid of a row of the kernel reads.</summary>
    public readonly T* SourceOf(int row) => Source + (row * RowStep) + (FromColumn * TokenStep);

    /// <summary>Where the first tap on the grid of a row of the kernel stands, in elements from the first of all.</summary>
    public readonly nint TapOf(int row) => ((row * KernelColumns) + FromColumn) * TapStep;
}
