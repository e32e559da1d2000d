using System.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Sessions;

/// <summary>
/// Gathers small writes before they go to the front end: after 50 ms, 16,000 characters, or when something else is shown.
/// The order of text, errors and values is kept. Works on after its cell has ended, for threads that the cell left behind.
/// </summary>
internal sealed class CellOutput : ICellOutput, IDisposable
{
    private const int SizeLimit = 16_000;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly ICellOutput target;
    private readonly StringBuilder pending = new();
    private readonly Timer timer;
    private OutputStream pendingStream;

    public CellOutput(ICellOutput target)
    {
        this.target = target;
        timer = new Timer(_ => FlushLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Write(OutputStream stream, string text) => Write(stream, text.AsSpan());

    public void Write(OutputStream stream, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        lock (gate)
        {
            if (stream != pendingStream)
            {
                FlushNow();
                pendingStream = stream;
            }

            if (pending.Length == 0)
            {
                timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }

            pending.Append(text);
            if (pending.Length >= SizeLimit)
            {
                FlushNow();
            }
        }
    }

    public void Display(MimeBundle bundle, string? displayId = null)
    {
        lock (gate)
        {
            FlushNow();
            target.Display(bundle, displayId);
        }
    }

    public void Update(MimeBundle bundle, string displayId)
    {
        lock (gate)
        {
            FlushNow();
            target.Update(bundle, displayId);
        }
    }

    public void Result(MimeBundle bundle)
    {
        lock (gate)
        {
            FlushNow();
            target.Result(bundle);
        }
    }

    public void Clear(bool wait)
    {
        lock (gate)
        {
            FlushNow();
            target.Clear(wait);
        }
    }

    public string ReadInput(string prompt, bool password, CancellationToken interrupt)
    {
        Flush();
        return target.ReadInput(prompt, password, interrupt);
    }

    public void Flush()
    {
        lock (gate)
        {
            FlushNow();
        }
    }

    public void Dispose()
    {
        Flush();
        timer.Dispose();
    }

    private void FlushNow()
    {
        if (pending.Length == 0)
        {
            return;
        }

        var text = pending.ToString();
        pending.Clear();
        target.Write(pendingStream, text);
    }

    private void FlushLate()
    {
        try
        {
            Flush();
        }
        catch (Exception)
        {
            // A front end that has gone away must not end the process from a timer's thread; the cell itself meets the failure
            // at its next write.
        }
    }
}
