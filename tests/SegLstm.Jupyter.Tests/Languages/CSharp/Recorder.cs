using System.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Tests.Languages.CSharp;

/// <summary>Keeps what a cell sends to its output.</summary>
public sealed class Recorder : ICellOutput
{
    private readonly StringBuilder stderr = new();

    public string Stderr => stderr.ToString();

    public List<string> Shown { get; } = [];

    public int Cleared { get; private set; }

    public void Write(OutputStream stream, string text)
    {
        lock (stderr)
        {
            if (stream == OutputStream.Stderr)
            {
                stderr.Append(text);
            }
        }
    }

    public void Display(MimeBundle bundle, string? displayId = null) => Keep(bundle);

    public void Update(MimeBundle bundle, string displayId) => Keep(bundle);

    public void Result(MimeBundle bundle) => Keep(bundle);

    public void Clear(bool wait) => Cleared++;

    public string ReadInput(string prompt, bool password, CancellationToken interrupt) =>
        throw new InputUnavailableException("no input in tests");

    private void Keep(MimeBundle bundle)
    {
        lock (stderr)
        {
            Shown.Add(bundle.Text);
        }
    }
}
