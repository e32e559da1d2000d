using Microsoft.CodeAnalysis;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>What could stand at the cursor, before it is compared with what is typed.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="Group">How near it is.</param>
/// <param name="Kind">What it is, in the words of Jupyter front ends.</param>
internal sealed record Candidate(string Text, CandidateGroup Group, string Kind)
{
    /// <summary>A further name by which it is found: `Monday` for `DayOfWeek.Monday`, `class` for `@class`.</summary>
    public string? Alias { get; init; }

    /// <summary>What it stands for; null for words of the language.</summary>
    public ISymbol? Symbol { get; init; }

    /// <summary>A candidate for a symbol's name.</summary>
    public static Candidate Of(ISymbol symbol, CandidateGroup group) =>
        new(SymbolText.Name(symbol), group, SymbolText.Kind(symbol)) { Symbol = symbol, Alias = symbol.Name };
}
