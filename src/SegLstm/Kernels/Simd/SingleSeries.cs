namespace SegLstm.Kernels.Simd;

/// <summary>Coefficients of 2^x in float32, about 0 and about ½; <see cref="LaneFunctions{TLanes, TVector, T}"/> says how good they
/// are.</summary>
internal static class SingleSeries
{
    public const double Term1 = 0.6931471805599453;
    public const double Term2 = 0.2402228138919396;
    public const double Term3 = 0.05550557642438907;
    public const double Term4 = 0.009669720858218768;
    public const double Term5 = 0.0013300914758398767;

    // Of 2^(x - ½), rounded so that ½ gives 1.
    public const double Shifted0 = 0.7071067094802856;
    public const double Shifted1 = 0.4901343286037445;
    public const double Shifted2 = 0.16980643570423126;
    public const double Shifted3 = 0.03949136286973953;
    public const double Shifted4 = 0.006344492081552744;
    public const double Shifted5 = 0.0013300915015861392;
}
