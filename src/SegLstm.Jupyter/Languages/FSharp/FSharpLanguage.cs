using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Running;
using Outcome = Microsoft.FSharp.Core.FSharpChoice<
    Microsoft.FSharp.Core.FSharpOption<FSharp.Compiler.Interactive.Shell.FsiValue>?, System.Exception>;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>F# by the interactive session of its compiler service. The first cell waits a few seconds for it to start.</summary>
/// <remarks>
/// Loops, recursions, waits and `async` stop when interrupted, and a recursion without end is an error: checks are woven into the
/// cell's code where <see cref="WovenCode"/> can. Elsewhere a native call or a busy loop cannot be stopped, which the cell then
/// says.
/// </remarks>
internal sealed class FSharpLanguage : ILanguage
{
    private readonly CellThread thread = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lazy<Shell.FsiEvaluationSession> session;
    private readonly FSharpAssistant assistant;
    private readonly FSharpReferences references;

    /// <summary>A session without values; it starts at its first use.</summary>
    /// <param name="assemblies">What the cells of all languages have referenced.</param>
    /// <param name="follow">Follows the `#r` lines of cells.</param>
    public FSharpLanguage(ReferencedAssemblies assemblies, CellReferences follow)
    {
        references = new FSharpReferences(assemblies, follow);
        session = new Lazy<Shell.FsiEvaluationSession>(FSharpSession.Start);
        assistant = new FSharpAssistant(session);
    }

    /// <inheritdoc/>
    public string Name => "fsharp";

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Variables => !session.IsValueCreated
        ? []
        : [.. session.Value.GetBoundValues()
            .Where(value => value.Name != "it")
            .Select(value => new Variable(value.Name, value.Value.ReflectionType, value.Value.ReflectionValue))];

    /// <inheritdoc/>
    public Task WarmUpAsync() => thread.RunAsync(() => session.Value);

    /// <inheritdoc/>
    public async Task<PartResult> RunAsync(CellPart part)
    {
        await turn.WaitAsync(part.Interrupt);
        try
        {
            var referenced = await references.FollowAsync(part, FileOf(part));
            return await thread.RunAsync(() => Run(part with { Code = referenced }));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Ask(() => assistant.Complete(code, position), CompletionList.Empty(position), cancellation);

    /// <inheritdoc/>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        Ask(() => assistant.Inspect(code, position), null, cancellation);

    /// <inheritdoc/>
    public Completeness IsComplete(string code)
    {
        var last = code.TrimEnd(' ', '\t').Split('\n')[^1];
        var open = code.TrimEnd().EndsWith('=') || code.TrimEnd().EndsWith("->", StringComparison.Ordinal)
            || (last.Length > 0 && char.IsWhiteSpace(last[0]));
        return open ? new Completeness(CompletenessKind.Incomplete, "    ")
            : new Completeness(string.IsNullOrWhiteSpace(code) ? CompletenessKind.Incomplete : CompletenessKind.Complete);
    }

    /// <inheritdoc/>
    public async Task SetVariableAsync(string name, object? value, Type type)
    {
        if (!FSharpNames.IsName(name))
        {
            throw new ArgumentException($"expected a name of F#, got '{name}'", nameof(name));
        }

        await turn.WaitAsync();
        try
        {
            await thread.RunAsync(() => FSharpValues.Bind(session.Value, name, value, type));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        thread.Dispose();
        if (session.IsValueCreated)
        {
            ((IDisposable)session.Value).Dispose();
        }
    }

    // While a cell runs the session is not to be asked.
    private async Task<T> Ask<T>(Func<T> question, T nothing, CancellationToken cancellation)
    {
        if (!await turn.WaitAsync(TimeSpan.FromMilliseconds(50), cancellation))
        {
            return nothing;
        }

        try
        {
            return await thread.RunAsync(question);
        }
        finally
        {
            turn.Release();
        }
    }

    private static string FileOf(CellPart part) => $"cell {part.CellNumber}.fsx";

    private PartResult Run(CellPart part)
    {
        references.Show(session.Value);
        var woven = WovenCode.Of(part.Code, session.Value.InteractiveChecker);
        var file = FileOf(part);
        var (outcome, diagnostics) = Evaluate(woven?.Text ?? part.Code, file, part);
        if (woven is not null && outcome.IsChoice2Of2 && FSharpErrors.Any(diagnostics))
        {
            // Nothing has run. The error is the cell's own, and stands where the cell has it.
            woven = null;
            (outcome, diagnostics) = Evaluate(part.Code, file, part);
        }

        FSharpErrors.Warn(diagnostics, part, woven);
        switch (outcome)
        {
            case Outcome.Choice2Of2 failure:
                throw new CellFailedException(FSharpErrors.Of(failure.Item, diagnostics, part, file, woven), failure.Item);
            case Outcome.Choice1Of2 when FSharpErrors.Any(diagnostics):
                throw new CellFailedException(FSharpErrors.Of(null, diagnostics, part, file, woven));
            case Outcome.Choice1Of2 { Item: { } value } when value.Value.ReflectionType != typeof(Unit):
                return new PartResult(true, value.Value.ReflectionValue);
            default:
                return PartResult.None;
        }
    }

    private (Outcome Outcome, FSharpDiagnostic[] Diagnostics) Evaluate(string code, string file, CellPart part)
    {
        (Outcome, FSharpDiagnostic[]) result = default;
        StoppableRun.Run(
            () => result = session.Value
                .EvalInteractionNonThrowing(code, file, FSharpOption<CancellationToken>.Some(part.Interrupt)).ToValueTuple(),
            part.Interrupt,
            stuck: () => part.Output.Write(
                OutputStream.Stderr,
                "This F# code has not stopped: it is in a native call, or in a loop that no check is woven into. "
                + "Wait for it, or restart the kernel.\n"));
        return result;
    }
}
