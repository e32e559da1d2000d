namespace SegLstm.Jupyter.Cells;

/// <summary>Where the output of one running cell goes: to a front end, or into a notebook file.</summary>
/// <remarks>Calls may come from any thread; outputs appear in the order of the calls.</remarks>
public interface ICellOutput
{
    /// <summary>Appends text to a stream.</summary>
    void Write(OutputStream stream, string text);

    /// <summary>Shows a value.</summary>
    /// <param name="bundle">The value in its forms.</param>
    /// <param name="displayId">A name by which <see cref="Update"/> finds it again.</param>
    void Display(MimeBundle bundle, string? displayId = null);

    /// <summary>Replaces every value shown under this name, in this cell and in earlier ones.</summary>
    void Update(MimeBundle bundle, string displayId);

    /// <summary>Shows the value of the cell's last expression.</summary>
    void Result(MimeBundle bundle);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Only when something new is shown, so that nothing flickers.</param>
    void Clear(bool wait);

    /// <summary>Asks the person at the front end for a line, and waits for it.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="password">Do not show what is typed.</param>
    /// <param name="interrupt">Ends the wait.</param>
    /// <exception cref="InputUnavailableException">Nobody can be asked here.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    string ReadInput(string prompt, bool password, CancellationToken interrupt);
}
