using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.CSharp.Assistance;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>C# in cells: top-level statements whose variables, types and usings the cells after them see.</summary>
/// <param name="options">Where relative paths begin.</param>
public sealed class CSharpLanguage(SessionOptions options) : ILanguage
{
    private readonly SubmissionChain chain = new();
    private readonly CellThread thread = new();

    /// <inheritdoc/>
    public string Name => "csharp";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => ["c#", "C#"];

    /// <summary>The folder that relative paths in cells mean.</summary>
    public string WorkingDirectory { get; } = options.WorkingDirectory;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Variables
    {
        get
        {
            var variables = new List<Variable>();
            foreach (var submission in chain.Live)
            {
                foreach (var variable in submission.Variables().Where(variable => chain.Declaring(variable.Name) == submission))
                {
                    variables.Add(new Variable(variable.Name, variable.FieldType, variable.GetValue(submission.Instance)));
                }
            }

            return variables;
        }
    }

    /// <inheritdoc/>
    public Task WarmUpAsync() => thread.RunAsync(() =>
    {
        var compilation = CellCompiler.Bind("var n = Enumerable.Range(0, 3).Select(x => $\"{x}\").ToList(); n.Count", "warm-up", null);
        return CellCompiler.Load(compilation, chain.Assemblies(), default)([null, null]).GetAwaiter().GetResult();
    });

    /// <inheritdoc/>
    public Task<PartResult> RunAsync(CellPart part) => thread.RunAsync(() => Run(part));

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Task.Run(() => CompletionSource.Complete(code, position, chain.Last, WorkingDirectory, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        Task.Run(() => SymbolInspection.Inspect(code, position, detailed, chain.Last, () => Variables), cancellation);

    /// <inheritdoc/>
    public Completeness IsComplete(string code) => ScriptCompleteness.Of(code);

    /// <inheritdoc/>
    public Task SetVariableAsync(string name, object? value, Type type) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => thread.Dispose();

    private PartResult Run(CellPart part)
    {
        var cell = $"cell [{part.CellNumber}]";
        var compilation = CellCompiler.Bind(part.Code, cell, chain.Last);
        if (!CellCompiler.HasCode(compilation))
        {
            CompilerErrors.ThrowIfAny(compilation.GetDiagnostics(part.Interrupt));
            Keep(compilation, null);
            return PartResult.None;
        }

        var run = CellCompiler.Load(compilation, chain.Assemblies(), part.Interrupt);
        var slots = chain.Slots();
        try
        {
            var value = run(slots).GetAwaiter().GetResult();
            return CellCompiler.HasResult(compilation) ? new PartResult(true, value) : PartResult.None;
        }
        catch (Exception error) when (error is not OperationCanceledException || !part.Interrupt.IsCancellationRequested)
        {
            throw new CellFailedException(RuntimeErrors.Describe(error, cell, part.Code), error);
        }
        finally
        {
            Keep(compilation, slots[^1]);
        }
    }

    private void Keep(Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation, object? instance)
    {
        if (Submission.LeavesTrace(compilation))
        {
            chain.Add(new Submission(compilation, instance));
        }
    }
}
