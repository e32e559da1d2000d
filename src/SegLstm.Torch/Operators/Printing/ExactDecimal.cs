using System.Globalization;
using System.Numerics;

namespace TorchSharp;

/// <summary>Decimal forms of a double's exact value, halves rounded to even as C and Python do (.NET rounds them up).</summary>
internal static class ExactDecimal
{
    /// <summary>With <paramref name="digits"/> digits after the point.</summary>
    internal static string Fixed(double value, int digits)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        (BigInteger numerator, BigInteger denominator) = Ratio(value);
        string text = RoundedQuotient(numerator * BigInteger.Pow(10, digits), denominator).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return Sign(value) + (digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}");
    }

    /// <summary>As a power of ten: one digit, the point, <paramref name="digits"/> digits, the exponent.</summary>
    internal static string Scientific(double value, int digits)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        (BigInteger numerator, BigInteger denominator) = Ratio(value);
        int exponent = 0;
        BigInteger mantissa = 0;
        if (!numerator.IsZero)
        {
            exponent = (int)Math.Floor(BigInteger.Log10(numerator) - BigInteger.Log10(denominator));
            // The logarithm may be off by one either way next to a power of ten.
            if (!AtLeastPower(numerator, denominator, exponent)) exponent--;
            else if (AtLeastPower(numerator, denominator, exponent + 1)) exponent++;
            int shift = digits - exponent;
            mantissa = shift >= 0
                ? RoundedQuotient(numerator * BigInteger.Pow(10, shift), denominator)
                : RoundedQuotient(numerator, denominator * BigInteger.Pow(10, -shift));
            if (mantissa == BigInteger.Pow(10, digits + 1)) (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }
        string text = mantissa.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        string point = digits == 0 ? "" : ".";
        return $"{Sign(value)}{text[..1]}{point}{text[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static (BigInteger Numerator, BigInteger Denominator) Ratio(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) & 0x7FF;
        long fraction = bits & 0xF_FFFF_FFFF_FFFF;
        long mantissa = exponent == 0 ? fraction : fraction | 0x10_0000_0000_0000;
        int power = Math.Max(exponent, 1) - 1075;
        return power >= 0 ? (new BigInteger(mantissa) << power, BigInteger.One) : (mantissa, BigInteger.One << -power);
    }

    private static BigInteger RoundedQuotient(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static bool AtLeastPower(BigInteger numerator, BigInteger denominator, int exponent) => exponent >= 0
        ? numerator >= denominator * BigInteger.Pow(10, exponent)
        : numerator * BigInteger.Pow(10, -exponent) >= denominator;
}
