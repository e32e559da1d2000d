using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Finds what could stand at the cursor, by the compiler's semantic model of the unfinished text.</summary>
internal static class CompletionSource
{
    /// <summary>The candidates at a position.</summary>
    /// <param name="code">The cell's text, whole or not.</param>
    /// <param name="position">A place between two characters.</param>
    /// <param name="previous">The newest live submission.</param>
    /// <param name="workingDirectory">Where relative paths in `#r` and `#load` begin.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static CompletionList Complete(
        string code, int position, CSharpCompilation? previous, string workingDirectory, CancellationToken cancellation)
    {
        if (DirectivePaths.Complete(code, position, workingDirectory) is { } paths)
        {
            return paths;
        }

        if (CompletionPlace.Find(code, position, previous) is not { } place)
        {
            return CompletionList.Empty(position);
        }

        cancellation.ThrowIfCancellationRequested();
        var candidates = Candidates(place);
        if (place.IsVerbatim)
        {
            candidates = candidates.Select(candidate => candidate with { Text = candidate.Text.TrimStart('@') });
        }

        return new CompletionList(Best(candidates, code[place.Start..position], cancellation), place.Start, place.End);
    }

    private static IEnumerable<Candidate> Candidates(CompletionPlace place)
    {
        if (place.Name is not { } name)
        {
            return Keywords.AfterName(place);
        }

        switch (name.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Name == name:
                return MemberCandidates.Of(place, access.Expression);
            case QualifiedNameSyntax qualified when qualified.Right == name:
                return MemberCandidates.Of(place, qualified.Left);
            case AliasQualifiedNameSyntax alias when alias.Name == name:
                return MemberCandidates.Of(place, alias.Alias);
            case MemberBindingExpressionSyntax binding:
                return MemberCandidates.OfConditional(place, binding);
            case NameEqualsSyntax { Parent: UsingDirectiveSyntax }:
                return [];
        }

        return InitializerCandidates.Of(place, name)
            ?? [.. ArgumentCandidates.Of(place, name), .. ExpectedType.Values(place, name), .. ScopeCandidates.Of(place, name)];
    }

    private static IReadOnlyList<Completion> Best(IEnumerable<Candidate> candidates, string typed, CancellationToken cancellation)
    {
        var best = candidates
            .Select(candidate => (Candidate: candidate, Quality: Quality(candidate, typed)))
            .Where(pair => pair.Quality != null && (pair.Candidate.Symbol is not { } symbol || SymbolText.IsBrowsable(symbol)))
            .GroupBy(pair => pair.Candidate.Text)
            .Select(same => (First: same.MinBy(pair => pair.Candidate.Group), Count: same.Count()))
            .OrderBy(item => item.First.Quality).ThenBy(item => item.First.Candidate.Group)
            .ThenBy(item => item.First.Candidate.Text, StringComparer.OrdinalIgnoreCase)
            .ThenBy(item => item.First.Candidate.Text, StringComparer.Ordinal);
        var items = new List<Completion>();
        foreach (var (first, count) in best)
        {
            cancellation.ThrowIfCancellationRequested();
            items.Add(new Completion(first.Candidate.Text, first.Candidate.Kind, Signature(first.Candidate.Symbol, count)));
        }

        return items;
    }

    private static int? Quality(Candidate candidate, string typed)
    {
        var byText = NameMatch.Quality(candidate.Text, typed);
        var byAlias = candidate.Alias is { } alias ? NameMatch.Quality(alias, typed) : null;
        return byText == null || byAlias < byText ? byAlias : byText;
    }

    private static string Signature(ISymbol? symbol, int count) => symbol switch
    {
        null => "",
        IMethodSymbol when count == 2 => SymbolText.Signature(symbol) + " (+ 1 overload)",
        IMethodSymbol when count > 2 => $"{SymbolText.Signature(symbol)} (+ {count - 1} overloads)",
        _ => SymbolText.Signature(symbol),
    };
}
