namespace SegLstm.Data.Statlog;

/// <summary>A value of R's serialisation, as far as data frames of numbers and factors need it.</summary>
internal abstract record RValue
{
    /// <summary>The attributes: names, levels, class and so on.</summary>
    internal IReadOnlyDictionary<string, RValue> Attributes { get; init; } = new Dictionary<string, RValue>();

    /// <summary>Doubles.</summary>
    internal sealed record Reals(double[] Values) : RValue;

    /// <summary>Integers, logicals, or the codes of a factor (from 1).</summary>
    internal sealed record Integers(int[] Values) : RValue;

    /// <summary>Strings.</summary>
    internal sealed record Strings(string[] Values) : RValue;

    /// <summary>A list, of which a data frame is one.</summary>
    internal sealed record List(RValue[] Values) : RValue;

    /// <summary>NULL.</summary>
    internal sealed record Null : RValue;
}
