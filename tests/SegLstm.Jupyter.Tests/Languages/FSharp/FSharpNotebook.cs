using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Languages.FSharp;

/// <summary>One session for all tests of F#: it takes seconds to start.</summary>
public sealed class FSharpNotebook : IDisposable
{
    internal Session Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
