using System.Runtime.CompilerServices;

namespace SegLstm.Checkpoints;

/// <summary>A message that is only put together where the check fails: a header has thousands of checks that do not.</summary>
[InterpolatedStringHandler]
internal ref struct RefusalMessage
{
    private DefaultInterpolatedStringHandler text;

    public RefusalMessage(int literalLength, int formattedCount, bool broken, out bool needed)
    {
        needed = broken;
        text = broken ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public override string ToString() => text.ToStringAndClear();
}
