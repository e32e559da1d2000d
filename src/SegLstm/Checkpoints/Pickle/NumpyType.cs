namespace SegLstm.Checkpoints.Pickle;

/// <summary>A NumPy type while its number is being built.</summary>
/// <param name="code">Kind and bytes, such as <c>f8</c>.</param>
/// <param name="isBigEndian">Whether its numbers are.</param>
internal sealed class NumpyType(string code, bool isBigEndian) : PickleValue
{
    public string Code { get; } = code;

    public bool IsBigEndian { get; } = isBigEndian;

    public override string ToString() => $"NumPy type '{Printable.Of(Code, 20)}'";
}
