using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Where a loop over the tokens of a chunk finds one state, or four; tiles are <c>(tokens, lanes)</c>.</summary>
internal unsafe struct ScanRow<T>
    where T : unmanaged
{
    /// <summary>Tokens of the chunk.</summary>
    public int Tokens;

    /// <summary>What powers of two are computed from.</summary>
    public PowerTerms<T> Powers;

    /// <summary>Tile of Δ'.</summary>
    public T* Steps;

    /// <summary>Tile of Δ'u.</summary>
    public T* Values;

    /// <summary>The largest |Δ'| of each lane.</summary>
    public T* LargestStep;

    /// <summary>a of each lane: a tile <c>(states, lanes)</c>.</summary>
    public T* A;

    /// <summary>Input weights of the first token <c>(states)</c>, or of all tokens <c>(states, lanes)</c>.</summary>
    public T* B;

    /// <summary>Output weights, likewise.</summary>
    public T* C;

    /// <summary>Elements from the input weights of a token to those of the next.</summary>
    public nint InputStep;

    /// <summary>Elements from the output weights of a token to those of the next.</summary>
    public nint OutputStep;

    /// <summary>x of each lane <c>(states, lanes)</c>: before the chunk, and then after it.</summary>
    public T* State;

    /// <summary>Tile of y to add to; null where it is not wanted.</summary>
    public T* Y;
}

/// <summary>What the backward pass of the states needs beside that; tiles <c>(tokens, states, lanes)</c>.</summary>
internal unsafe struct BackwardRow<T>
    where T : unmanaged
{
    /// <summary>Tile of x, beginning with the states before the chunk.</summary>
    public T* States;

    /// <summary>Tile of e.</summary>
    public T* Decays;

    /// <summary>Tile <c>(tokens, lanes)</c> of g, the gradient of y.</summary>
    public T* G;

    /// <summary><c>e_t λ_t</c> of the token after the chunk, then of the chunk's first <c>(states, lanes)</c>.</summary>
    public T* Carry;

    /// <summary>Gradient of A, Σ λ_t x_{t-1} e_t Δ' <c>(states, lanes)</c>.</summary>
    public T* DA;

    /// <summary>Gradient of the input weights by lanes, λ_t Δ'u: a tile, or its sum over tokens <c>(states, lanes)</c>.</summary>
    public T* DB;

    /// <summary>Gradient of the output weights, likewise: g_t x_t.</summary>
    public T* DC;

    /// <summary>Tile <c>(tokens, lanes)</c> of Σ_n λ B.</summary>
    public T* Weighted;

    /// <summary>Tile <c>(tokens, lanes)</c> of Σ_n λ_t x_{t-1} e_t a.</summary>
    public T* Decayed;
}
