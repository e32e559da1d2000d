using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>How vectors of whole blocks are read and written.</summary>
/// <remarks>A type, not a test in the loop: what handles a part of a vector takes its address, and a vector that has one does not
/// stay in a register.</remarks>
internal unsafe interface IBlockVectors
{
    /// <summary>Reads the first numbers of a vector, or all.</summary>
    static abstract TVector Load<TLanes, TVector, T>(T* source, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged;

    /// <summary>Writes the first numbers of a vector, or all.</summary>
    static abstract void Store<TLanes, TVector, T>(TVector x, T* target, int count)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged;
}
