using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Assistance;
using SegLstm.Jupyter.Languages.CSharp.Errors;
using SegLstm.Jupyter.Languages.CSharp.Running;
using SegLstm.Jupyter.Languages.CSharp.Weaving;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>C# in cells: top-level statements whose variables, types and usings the cells after them see.</summary>
public sealed class CSharpLanguage : ILanguage
{
    private readonly SubmissionChain chain = new();
    private readonly CellThread thread = new();
    private readonly CellReferences directives;
    private readonly string folder;
    private int ran;

    /// <summary>Begins without cells.</summary>
    /// <param name="options">Where relative paths begin.</param>
    /// <param name="references">Follows the `#r` lines of cells; shared with the session's other languages.</param>
    public CSharpLanguage(SessionOptions options, CellReferences references)
    {
        folder = options.WorkingDirectory;
        directives = references;
        chain.AddReferences(FrameworkReferences.List);
        StrayExceptions.Catch();
    }

    /// <inheritdoc/>
    public string Name => "csharp";

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
        const string code = "var n = Enumerable.Range(0, 3).Select(x => $\"{x}\").ToList(); n.Count";
        var bound = CellCompiler.Bind(code, "warm-up", chain.Last);
        return CellCompiler.Compile(bound, chain.Assemblies(), default).Run(chain.Slots()).GetAwaiter().GetResult();
    });

    /// <inheritdoc/>
    public Task<PartResult> RunAsync(CellPart part) => thread.RunAsync(() => Run(part, new CellSource(part, folder)));

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Task.Run(() => CompletionSource.Complete(code, position, chain.Last, folder, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        Task.Run(() => SymbolInspection.Inspect(code, position, detailed, chain.Last, () => Variables), cancellation);

    /// <inheritdoc/>
    public Completeness IsComplete(string code) => ScriptCompleteness.Of(code);

    /// <inheritdoc/>
    /// <remarks>A value whose type no cell can name (anonymous, or not public) becomes an <see cref="object"/>.</remarks>
    public Task SetVariableAsync(string name, object? value, Type type)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            throw new ArgumentException($"expected a C# name for the variable, got '{name}'", nameof(name));
        }

        return thread.RunAsync(() =>
        {
            var (code, number) = Handover.Declaration(name, value, TypeNames.Full(type, chain.NameOf) ?? "object");
            try
            {
                var bound = CellCompiler.Bind(code, "shared", chain.Last);
                var cell = CellCompiler.Compile(bound, chain.Assemblies(), default);
                var slots = chain.Slots();
                cell.Run(slots).GetAwaiter().GetResult();
                Keep(cell.Compilation, slots[^1]);
                return true;
            }
            finally
            {
                Handover.Drop(number);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => thread.Dispose();

    private PartResult Run(CellPart part, CellSource source)
    {
        foreach (var file in source.Loads())
        {
            try
            {
                Run(part, file);
            }
            catch (CellFailedException failure)
            {
                // The line is the file's: the cell has another one there.
                throw new CellFailedException(failure.Error with { Line = null }, failure);
            }
        }

        var path = source.Path;
        var (text, references) = directives.FollowAsync(source.Root, part, path).GetAwaiter().GetResult();
        if (references.Count > 0)
        {
            chain.AddReferences(references);
        }

        var code = source.WithoutLoads(text).ToString();
        var cell = chain.Compile(
            code, path, bound => CellCompiler.Compile(bound, chain.Assemblies(), part.Interrupt));
        if (cell.Limit is { } limit)
        {
            part.Output.Write(OutputStream.Stderr, limit + "\n");
        }

        foreach (var warning in cell.Warnings)
        {
            part.Output.Write(OutputStream.Stderr, warning + "\n");
        }

        var slots = chain.Slots();
        using var scope = new CellScope(part.Output, part.Interrupt);
        try
        {
            var running = cell.Run(slots);
            scope.RunUntil(running);
            var value = running.GetAwaiter().GetResult();

            // A thread that the cell waited for may have been the one that stopped.
            part.Interrupt.ThrowIfCancellationRequested();
            return cell.HasResult ? new PartResult(true, value) : PartResult.None;
        }
        catch (Exception error) when (IsInterrupt(error) && part.Interrupt.IsCancellationRequested)
        {
            throw new OperationCanceledException("The cell was interrupted.", error, part.Interrupt);
        }
        catch (Exception error)
        {
            throw new CellFailedException(new RuntimeErrors(path, code, cell.Map).Describe(error), error);
        }
        finally
        {
            Keep(cell.Compilation, slots[^1]);
        }
    }

    private static bool IsInterrupt(Exception error) => error switch
    {
        OperationCanceledException => true,
        AggregateException many => many.Flatten().InnerExceptions.All(IsInterrupt),
        TypeInitializationException or System.Reflection.TargetInvocationException =>
            error.InnerException is { } inner && IsInterrupt(inner),
        _ => false,
    };

    private void Keep(CSharpCompilation compilation, object? instance)
    {
        var submission = new Submission(compilation, instance);
        if (submission.LeavesTrace)
        {
            chain.Add(submission);
        }

        if (++ran % 32 == 0)
        {
            // Assemblies of cells that are gone unload when the collector finds them; their code is memory that it does not
            // count.
            GC.Collect(2, GCCollectionMode.Forced, blocking: false);
        }
    }
}
