using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>A cell that is ready to run.</summary>
/// <param name="Compilation">What later cells are bound against.</param>
/// <param name="Run">Runs it, given the instances of earlier submissions, among which it puts its own.</param>
/// <param name="HasResult">Whether its value is to be shown.</param>
/// <param name="Map">How columns of its woven text go back to what was written; null where nothing was woven in.</param>
/// <param name="Limit">Why an interrupt may come late, where not everything could be woven in.</param>
/// <param name="Warnings">What the compiler warns of.</param>
internal sealed record CompiledCell(
    CSharpCompilation Compilation,
    Func<object?[], Task<object>> Run,
    bool HasResult,
    SourceMap? Map,
    string? Limit,
    IReadOnlyList<string> Warnings);
