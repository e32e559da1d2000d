using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DenseLinear.Cpu;

/// <summary>Multiplies the tokens of a batch with a matrix, piece by piece, or adds the products to what is there.</summary>
internal sealed unsafe class TokenProducts<TLanes, TVector, T>(
    TokenPieces pieces, PackedMatrix<TLanes, TVector, T> matrix, TokenRows<T> x, TokenRows<T> y,
    bool adds = false)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
{
    /// <summary>How many pieces.</summary>
    public int Pieces => pieces.Count;

    /// <summary>Multiplies the tokens of a piece.</summary>
    public void Run(int piece)
    {
        var (sample, from, to) = pieces.Of(piece);
        matrix.Multiply(to - from, x.At(sample, from), x.Step, y.At(sample, from), y.Step, adds);
    }
}
