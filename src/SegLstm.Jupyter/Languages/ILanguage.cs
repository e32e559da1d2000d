namespace SegLstm.Jupyter.Languages;

/// <summary>A language that cells can be written in, and the state that its cells share.</summary>
public interface ILanguage : IDisposable
{
    /// <summary>Its name after `#!`, such as `csharp`.</summary>
    string Name { get; }

    /// <summary>Loads and compiles what the first cell would otherwise wait for.</summary>
    Task WarmUpAsync();

    /// <summary>Runs code in the language's state. What succeeded before a failure stays.</summary>
    /// <exception cref="Cells.CellFailedException">The code does not compile, or threw.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    Task<PartResult> RunAsync(CellPart part);

    /// <summary>What could stand at a position.</summary>
    /// <param name="code">The code of this language alone, as in <see cref="CellPart.Code"/>.</param>
    /// <param name="position">A place between two characters of <paramref name="code"/>, in UTF-16 units.</param>
    /// <param name="cancellation">Ends the search.</param>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation);

    /// <summary>What stands at a position: its signature, overloads, documentation and, for a variable, its value.</summary>
    /// <param name="code">The code of this language alone.</param>
    /// <param name="position">A place between two characters, in UTF-16 units.</param>
    /// <param name="detailed">Asked for twice (`??`): everything that is known.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>Null where nothing is known.</returns>
    Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation);

    /// <summary>Whether code is whole, so that a console can run it at the end of a line.</summary>
    Completeness IsComplete(string code);

    /// <summary>The variables that cells have declared and that other languages can take.</summary>
    IReadOnlyList<Variable> Variables { get; }

    /// <summary>Declares or replaces a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, by reference.</param>
    /// <param name="type">Its declared type.</param>
    /// <exception cref="ArgumentException">The name is none of this language's.</exception>
    Task SetVariableAsync(string name, object? value, Type type);
}
