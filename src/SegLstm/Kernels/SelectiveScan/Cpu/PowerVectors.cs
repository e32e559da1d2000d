using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary><see cref="PowerTerms{T}"/> in registers, for the length of a loop over tokens.</summary>
internal readonly struct PowerVectors<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    private readonly TVector shift;
    private readonly TVector term0;
    private readonly TVector term1;
    private readonly TVector term2;
    private readonly TVector term3;
    private readonly TVector term4;
    private readonly TVector term5;

    /// <summary>Loads them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PowerVectors(in PowerTerms<T> terms)
    {
        shift = TLanes.Broadcast(terms.Shift);
        term0 = TLanes.Broadcast(terms.Term0);
        term1 = TLanes.Broadcast(terms.Term1);
        term2 = TLanes.Broadcast(terms.Term2);
        term3 = TLanes.Broadcast(terms.Term3);
        term4 = TLanes.Broadcast(terms.Term4);
        term5 = TLanes.Broadcast(terms.Term5);
    }

    /// <summary><see cref="LaneFunctions{TLanes, TVector, T}.Exp2OfProduct"/> of each state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TGroup Exp2OfProduct<TStates, TGroupLanes, TGroup>(TGroup x, TGroup y)
        where TStates : IStateGroup<TGroup, TVector, T>
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        if (typeof(T) != typeof(float))
        {
            // Twelve terms: more than there are registers for.
            return LaneFunctions<TGroupLanes, TGroup, T>.Exp2OfProduct(x, y);
        }

        var fraction = TGroupLanes.Fraction(x, y, TStates.Repeat(shift), out var integer);
        var power = TGroupLanes.MultiplyAdd(TStates.Repeat(term5), fraction, TStates.Repeat(term4));
        power = TGroupLanes.MultiplyAdd(power, fraction, TStates.Repeat(term3));
        power = TGroupLanes.MultiplyAdd(power, fraction, TStates.Repeat(term2));
        power = TGroupLanes.MultiplyAdd(power, fraction, TStates.Repeat(term1));
        power = TGroupLanes.MultiplyAdd(power, fraction, TStates.Repeat(term0));
        return TGroupLanes.Scale(power, integer);
    }
}
