namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Where the inputs of a scan lie in memory; letters and shapes as in <see cref="SelectiveScanReference"/>, all
/// but weights contiguous.</summary>
internal unsafe struct ScanInputs<T>
    where T : unmanaged
{
    /// <summary>Values <c>(B, D, L)</c>, or as <see cref="OrderedLayout{TLanes, TVector, T}"/> has them.</summary>
    public T* U;

    /// <summary>Step sizes <c>(B, D, L)</c>.</summary>
    public T* Delta;

    /// <summary>State matrix <c>(D, N)</c>.</summary>
    public T* A;

    /// <summary>Input weights.</summary>
    public T* B;

    /// <summary>Output weights.</summary>
    public T* C;

    /// <summary>Where input weights of tokens lie.</summary>
    public WeightSteps InputSteps;

    /// <summary>Where output weights of tokens lie.</summary>
    public WeightSteps OutputSteps;

    /// <summary>Skip weights <c>(D)</c> or null.</summary>
    public T* D;

    /// <summary>Gate <c>(B, D, L)</c> or null.</summary>
    public T* Z;

    /// <summary>Added to the step sizes <c>(D)</c>, or null.</summary>
    public T* DeltaBias;

    /// <summary>Softplus on the step sizes.</summary>
    public bool Softplus;
}
