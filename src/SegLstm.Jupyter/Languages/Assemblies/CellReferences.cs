using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Packages;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>Follows the `#r` and `#i` lines of cells: assemblies by path, packages by name, sources of packages.</summary>
/// <param name="assemblies">Where assemblies are loaded.</param>
/// <param name="packages">Where packages come from.</param>
public sealed class CellReferences(ReferencedAssemblies assemblies, PackageRestore packages)
{
    private readonly List<string> sources = [];
    private IReadOnlyList<PackageRequest> requests = [];

    /// <summary>Follows the directives of a cell.</summary>
    /// <param name="root">The cell's syntax.</param>
    /// <param name="part">The cell: where progress is shown, and what interrupts a restore.</param>
    /// <param name="path">What errors call the cell.</param>
    /// <returns>The cell's text with the directives blank, so that positions hold, and what the compiler is to see too.</returns>
    /// <exception cref="CellFailedException">A reference cannot be had; those before it in the cell stay.</exception>
    /// <exception cref="OperationCanceledException">A restore was interrupted.</exception>
    public async Task<(SourceText Text, IReadOnlyList<PortableExecutableReference> References)> FollowAsync(
        SyntaxNode root, CellPart part, string path)
    {
        SourceText text = root.GetText();
        IReadOnlyList<ReferenceDirective> directives = ReferenceDirective.In(root);
        var found = new List<PortableExecutableReference>();
        var wanted = new List<PackageRequest>();
        ReferenceDirective? last = null;
        foreach (ReferenceDirective directive in directives)
        {
            try
            {
                if (directive.Letter == 'i') AddSource(directive);
                else if (directive.Package is { } package) (_, last) = (Want(wanted, package), directive);
                else found.AddRange(assemblies.Add(directive.Value));
            }
            catch (Exception fault) when (fault is ReferenceException or FormatException or ArgumentException)
            {
                throw DirectiveFailure.At(text, directive.Span, path, fault.Message, fault);
            }
        }

        if (last is not null)
        {
            try
            {
                found.AddRange(await RestoreAsync(wanted, part));
            }
            catch (Exception fault) when (fault is ReferenceException or PackageRestoreException)
            {
                throw DirectiveFailure.At(text, last.Span, path, fault.Message, fault);
            }
        }

        return (Blank(text, directives), found);
    }

    // All packages of the session are restored together; requests that fail are forgotten, so that the next cell can ask anew.
    private async Task<IReadOnlyList<PortableExecutableReference>> RestoreAsync(List<PackageRequest> wanted, CellPart part)
    {
        PackageRequest[] all =
        [
            .. requests.Where(old => !wanted.Any(request => Same(request, old))), .. wanted,
        ];
        if (all.SequenceEqual(requests)) return [];
        IReadOnlyList<PortableExecutableReference> found =
            assemblies.Add(await packages.RestoreAsync(all, sources, part.Output, part.Interrupt));
        requests = all;
        return found;
    }

    private static PackageRequest Want(List<PackageRequest> wanted, string package)
    {
        PackageRequest request = PackageRequest.Parse(package);
        wanted.RemoveAll(earlier => Same(request, earlier));
        wanted.Add(request);
        return request;
    }

    private static bool Same(PackageRequest left, PackageRequest right) =>
        left.Name.Equals(right.Name, StringComparison.OrdinalIgnoreCase);

    private void AddSource(ReferenceDirective directive)
    {
        string source = directive.Package?.Trim()
            ?? throw new FormatException($"expected #i \"nuget: SOURCE\", got #i \"{directive.Value}\"");
        if (source.Length == 0) throw new FormatException("expected a feed's address or a folder after #i \"nuget:");
        if (!sources.Contains(source)) sources.Add(source);
    }

    private static SourceText Blank(SourceText text, IReadOnlyList<ReferenceDirective> directives) =>
        text.WithChanges(directives.Select(directive => new TextChange(directive.Span, new string(' ', directive.Span.Length))));
}
