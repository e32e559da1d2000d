using System.Text;

namespace SegLstm.Jupyter.Display;

/// <summary>Collects what formatters write, up to a limit, and until the cell is interrupted.</summary>
internal sealed class BoundedWriter(int limit, CancellationToken interrupt) : TextWriter
{
    private readonly StringBuilder text = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.Unicode;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        Check(1);
        text.Append(value);
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check(buffer.Length);
        text.Append(buffer);
    }

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private void Check(int more)
    {
        interrupt.ThrowIfCancellationRequested();
        if (text.Length + (long)more > limit)
        {
            throw new TooLongException(limit);
        }
    }

    /// <summary>A formatter wrote more than any front end shows.</summary>
    internal sealed class TooLongException(int limit) : Exception($"the value takes more than {limit:N0} characters");
}
