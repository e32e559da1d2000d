namespace SegLstm.Kernels.Simd;

/// <summary>Four vectors.</summary>
internal readonly struct Four<TVector>(TVector a, TVector b, TVector c, TVector d)
    where TVector : unmanaged
{
    public readonly TVector A = a;
    public readonly TVector B = b;
    public readonly TVector C = c;
    public readonly TVector D = d;
}
