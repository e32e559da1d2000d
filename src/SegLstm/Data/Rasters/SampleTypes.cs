using TorchSharp;

namespace SegLstm.Data.Rasters;

/// <summary>What GDAL, .NET and torch call a <see cref="SampleType"/>, and which type can hold which without loss of range.</summary>
internal static class SampleTypes
{
    // GDAL's numbers (GDALDataType). 8 to 11 are complex; 14 came with GDAL 3.7: before, signed bytes are a flag on type 1.
    private const int GdalByte = 1, GdalUInt16 = 2, GdalInt16 = 3, GdalUInt32 = 4, GdalInt32 = 5, GdalFloat32 = 6,
        GdalFloat64 = 7, GdalInt64 = 13, GdalInt8 = 14;

    internal static int Bytes(this SampleType type) => type switch
    {
        SampleType.UInt8 or SampleType.Int8 => 1,
        SampleType.UInt16 or SampleType.Int16 => 2,
        SampleType.UInt32 or SampleType.Int32 or SampleType.Float32 => 4,
        _ => 8,
    };

    internal static SampleType? FromGdal(int type, bool signedByte) => type switch
    {
        GdalByte => signedByte ? SampleType.Int8 : SampleType.UInt8,
        GdalUInt16 => SampleType.UInt16,
        GdalInt16 => SampleType.Int16,
        GdalUInt32 => SampleType.UInt32,
        GdalInt32 => SampleType.Int32,
        GdalFloat32 => SampleType.Float32,
        GdalFloat64 => SampleType.Float64,
        GdalInt64 => SampleType.Int64,
        GdalInt8 => SampleType.Int8,
        _ => null,
    };

    internal static int ToGdal(this SampleType type) => type switch
    {
        SampleType.UInt8 => GdalByte,
        SampleType.Int8 => GdalLibrary.HasInt8 ? GdalInt8 : GdalByte,
        SampleType.UInt16 => GdalUInt16,
        SampleType.Int16 => GdalInt16,
        SampleType.UInt32 => GdalUInt32,
        SampleType.Int32 => GdalInt32,
        SampleType.Int64 => GdalInt64,
        SampleType.Float32 => GdalFloat32,
        _ => GdalFloat64,
    };

    /// <summary>The sample type whose memory layout is <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">No band is stored as such.</exception>
    internal static SampleType Of<T>()
        where T : unmanaged => typeof(T) switch
    {
        var t when t == typeof(byte) => SampleType.UInt8,
        var t when t == typeof(sbyte) => SampleType.Int8,
        var t when t == typeof(ushort) => SampleType.UInt16,
        var t when t == typeof(short) => SampleType.Int16,
        var t when t == typeof(uint) => SampleType.UInt32,
        var t when t == typeof(int) => SampleType.Int32,
        var t when t == typeof(long) => SampleType.Int64,
        var t when t == typeof(float) => SampleType.Float32,
        var t when t == typeof(double) => SampleType.Float64,
        _ => throw new NotSupportedException($"Rasters hold integers of 8 to 64 bits, float or double, not {typeof(T).Name}."),
    };

    internal static torch.ScalarType ToTorch(this SampleType type) => type switch
    {
        SampleType.UInt8 => torch.ScalarType.Byte,
        SampleType.Int8 => torch.ScalarType.Int8,
        SampleType.Int16 => torch.ScalarType.Int16,
        SampleType.UInt16 or SampleType.Int32 => torch.ScalarType.Int32,
        SampleType.UInt32 or SampleType.Int64 => torch.ScalarType.Int64,
        SampleType.Float32 => torch.ScalarType.Float32,
        _ => torch.ScalarType.Float64,
    };

    internal static SampleType? FromTorch(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte => SampleType.UInt8,
        torch.ScalarType.Int8 => SampleType.Int8,
        torch.ScalarType.Int16 => SampleType.Int16,
        torch.ScalarType.Int32 => SampleType.Int32,
        torch.ScalarType.Int64 => SampleType.Int64,
        torch.ScalarType.Float32 => SampleType.Float32,
        torch.ScalarType.Float64 => SampleType.Float64,
        _ => null,
    };

    /// <summary>
    /// Whether every value of <paramref name="stored"/> lies in the range of <paramref name="wanted"/>. Floating-point types hold
    /// all (rounded); GDAL clamps silently where this is false, so it is asked before each read.
    /// </summary>
    internal static bool Holds(this SampleType wanted, SampleType stored) => wanted == stored || wanted switch
    {
        SampleType.Float32 or SampleType.Float64 => true,
        SampleType.Int64 => !stored.IsFloat(),
        SampleType.Int32 => !stored.IsFloat() && stored is not (SampleType.UInt32 or SampleType.Int64),
        SampleType.UInt32 => stored is SampleType.UInt8 or SampleType.UInt16,
        SampleType.Int16 => stored is SampleType.UInt8 or SampleType.Int8,
        SampleType.UInt16 => stored is SampleType.UInt8,
        _ => false,
    };

    /// <summary>The one type of <paramref name="types"/>; else the smallest integer type that holds all, or Float64 if one is a float.</summary>
    internal static SampleType Union(IEnumerable<SampleType> types)
    {
        var distinct = types.Distinct().ToArray();
        return distinct is [var only] ? only
            : distinct.Any(IsFloat) ? SampleType.Float64
            : Enum.GetValues<SampleType>().OrderBy(t => t.Bytes()).First(t => !t.IsFloat() && distinct.All(s => t.Holds(s)));
    }

    private static bool IsFloat(this SampleType type) => type is SampleType.Float32 or SampleType.Float64;
}
