using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>The submissions whose declarations are visible to the next cell, oldest first.</summary>
/// <remarks>
/// A submission leaves when everything that it declares is declared again by later ones and no live one mentions it: so a
/// cell that is run a thousand times keeps one submission. The compilations after it are linked anew, which costs binding;
/// deep in the chain it is therefore done in batches. References come with submissions of their own, because the compiler
/// hands them on from each to the next: given to every submission they would add up.
/// </remarks>
internal sealed class SubmissionChain
{
    private const int Batch = 8;

    /// <summary>Extension methods that the language calls without that their name stands in the text.</summary>
    private static readonly HashSet<string> FoundWithoutName =
    [
        "Deconstruct", "GetEnumerator", "GetAsyncEnumerator", "GetAwaiter", "Add", "Dispose", "Select", "SelectMany", "Where",
        "GroupBy",
        "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Join", "GroupJoin", "Cast", "GetPinnableReference",
    ];

    private readonly List<Submission> live = [];

    /// <summary>The live submissions, oldest first.</summary>
    public IReadOnlyList<Submission> Live => live;

    /// <summary>What the next cell is bound against.</summary>
    public CSharpCompilation Last => live[^1].Compilation;

    /// <summary>The assemblies of the live submissions by name.</summary>
    public Dictionary<string, Assembly> Assemblies() =>
        live.Where(submission => submission.Instance != null)
            .Select(submission => submission.Instance!.GetType().Assembly)
            .ToDictionary(assembly => assembly.GetName().Name!);

    /// <summary>
    /// The instances of the live submissions in the places that the compiler expects: place 0 is the host object's, the last
    /// the next submission's.
    /// </summary>
    public object?[] Slots() =>
        [null, .. live.Where(submission => submission.Instance != null).Select(submission => submission.Instance), null];

    /// <summary>The newest submission that declares a name.</summary>
    public Submission? Declaring(string name) => live.FindLast(submission => submission.Declares.Contains(name));

    /// <summary>The name by which the next cell finds a type of a cell; null where a later declaration hides it.</summary>
    public string? NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return Declaring(name)?.Instance?.GetType().Assembly == type.Assembly ? name : null;
    }

    /// <summary>
    /// Binds a cell. The newest submissions leave first where it declares all their names anew: a cell that runs again takes
    /// its own place, and nothing has to be linked anew.
    /// </summary>
    public CSharpCompilation Bind(string code, string path)
    {
        var bound = CellCompiler.Bind(code, path, Last);
        var next = new Submission(bound, null);
        var stay = live.Count;
        while (stay > 1 && IsRepeatedBy(next, live[stay - 1]))
        {
            stay--;
        }

        if (stay == live.Count)
        {
            return bound;
        }

        // What does not compile without them keeps them: an overload of an earlier run, say.
        var alone = CellCompiler.Bind(code, path, live[stay - 1].Compilation);
        if (alone.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return bound;
        }

        live.RemoveRange(stay, live.Count - stay);
        return alone;
    }

    /// <summary>Makes assemblies visible to the cells that follow.</summary>
    public void AddReferences(IEnumerable<MetadataReference> references) =>
        live.Add(new Submission(CellCompiler.Empty(references, live.Count == 0 ? null : Last), null, pinned: true));

    /// <summary>Appends a submission that ran.</summary>
    public void Add(Submission submission)
    {
        live.Add(submission);
        var dead = Dead();
        var near = live.Count - (2 * Batch);
        if (dead.Count >= Math.Max(Batch, live.Count / 8) || dead.Any(gone => live.LastIndexOf(gone) >= near))
        {
            Drop(dead);
        }
    }

    private static bool IsRepeatedBy(Submission next, Submission earlier) =>
        !earlier.Pinned && earlier.Declares.Count + earlier.Usings.Count > 0 && earlier.Declares.All(next.Declares.Contains) &&
        earlier.Usings.All(next.Usings.Contains) && !earlier.Declares.Overlaps(FoundWithoutName);

    private HashSet<Submission> Dead()
    {
        // From the newest: what a live one mentions, the nearest older declaration has to stay for. Usings have no names to
        // mention, so they are given up only where the next live submission repeats them.
        IReadOnlySet<string> usings = new HashSet<string>();
        var dead = new HashSet<Submission>();
        var declared = new HashSet<string>();
        var wanted = new HashSet<string>();
        for (var i = live.Count - 1; i >= 0; i--)
        {
            var submission = live[i];
            var shadowed = submission.Declares.All(declared.Contains) && submission.Usings.All(usings.Contains);
            if (!submission.Pinned && shadowed && !submission.Declares.Overlaps(wanted) &&
                !submission.Declares.Overlaps(FoundWithoutName))
            {
                dead.Add(submission);
                continue;
            }

            if (submission.HasAnonymousTypes)
            {
                // Its anonymous types carry its place in the chain in their names: linked anew, the compiler would look for
                // others.
                break;
            }

            usings = submission.Usings;
            declared.UnionWith(submission.Declares);
            wanted.ExceptWith(submission.Declares);
            wanted.UnionWith(submission.Mentions);
        }

        return dead;
    }

    private void Drop(HashSet<Submission> dead)
    {
        var first = live.FindIndex(dead.Contains);
        live.RemoveAll(dead.Contains);
        for (var i = first; i < live.Count; i++)
        {
            var link = live[i].Compilation.ScriptCompilationInfo!.WithPreviousScriptCompilation(live[i - 1].Compilation);
            live[i].Compilation = live[i].Compilation.WithScriptCompilationInfo(link);
        }
    }
}
