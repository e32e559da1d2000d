using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Text;

/// <summary>A language whose code is shown, not run: it has no state and no completion.</summary>
internal abstract class TextLanguage(string name) : ILanguage
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public virtual IReadOnlyList<Variable> Variables => [];

    /// <inheritdoc/>
    public Task WarmUpAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<PartResult> RunAsync(CellPart part)
    {
        part.Output.Display(Show(part.Code.Trim('\n', '\r')));
        return Task.FromResult(PartResult.None);
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Task.FromResult(CompletionList.Empty(position));

    /// <inheritdoc/>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        Task.FromResult<Inspection?>(null);

    /// <inheritdoc/>
    public Completeness IsComplete(string code) =>
        new(string.IsNullOrWhiteSpace(code) ? CompletenessKind.Incomplete : CompletenessKind.Complete);

    /// <inheritdoc/>
    public virtual Task SetVariableAsync(string name, object? value, Type type) =>
        throw new ArgumentException($"{Name} has no variables: expected csharp, fsharp, sql, javascript or value", nameof(name));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The forms in which front ends show it.</summary>
    protected abstract MimeBundle Show(string code);
}
