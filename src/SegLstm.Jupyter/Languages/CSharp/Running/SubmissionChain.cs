using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Cells;

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
    public Submission? Declaring(string name) => live.FindLast(submission => submission.Declares(name));

    /// <summary>The name by which the next cell finds a type of a cell; null where a later declaration hides it.</summary>
    public string? NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return Declaring(name)?.Instance?.GetType().Assembly == type.Assembly ? name : null;
    }

    /// <summary>
    /// Compiles a cell. The newest submissions leave where it declares all that they do anew: a cell that runs again takes its
    /// own place, and nothing has to be linked anew.
    /// </summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="path">What errors call it.</param>
    /// <param name="compile">Compiles what it is given.</param>
    /// <exception cref="CellFailedException">It does not compile.</exception>
    public CompiledCell Compile(string code, string path, Func<CSharpCompilation, CompiledCell> compile)
    {
        var bound = CellCompiler.Bind(code, path, Last);
        var next = new Submission(bound, null);
        var stay = live.Count;
        while (stay > 1 && IsRepeatedBy(next, live[stay - 1]))
        {
            stay--;
        }

        if (stay < live.Count)
        {
            try
            {
                var cell = compile(CellCompiler.Bind(code, path, live[stay - 1].Compilation));
                live.RemoveRange(stay, live.Count - stay);
                return cell;
            }
            catch (CellFailedException)
            {
                // What does not compile without them keeps them: a cell that says `var x = x + 1;`, say.
            }
        }

        return compile(bound);
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
        !earlier.Pinned && earlier.LeavesTrace && IsShadowed(earlier, next.Signatures.Keys) &&
        earlier.Usings.All(next.Usings.Contains) && !IsFoundWithoutName(earlier);

    /// <summary>Whether later declarations hide all of a submission's: functions those of their signature, others all of their
    /// name.</summary>
    private static bool IsShadowed(Submission submission, IEnumerable<string> later) =>
        submission.Signatures.All(pair => later.Contains(pair.Key) || later.Contains(pair.Value));

    private static bool IsFoundWithoutName(Submission submission) =>
        submission.Signatures.Values.Any(FoundWithoutName.Contains);

    private HashSet<Submission> Dead()
    {
        // From the newest: what a live one mentions, the nearest older declaration has to stay for, of functions the nearest of
        // each signature. Usings have no names to mention, so they are given up only where the next live submission repeats
        // them.
        IReadOnlySet<string> usings = new HashSet<string>();
        var dead = new HashSet<Submission>();
        var declared = new HashSet<string>();
        var wanted = new Dictionary<string, HashSet<string>>();
        for (var i = live.Count - 1; i >= 0; i--)
        {
            var submission = live[i];
            var shadowed = IsShadowed(submission, declared) && submission.Usings.All(usings.Contains);
            var found = submission.Signatures
                .Where(pair => wanted.TryGetValue(pair.Value, out var known) && !known.Contains(pair.Key)).ToList();
            if (!submission.Pinned && shadowed && found.Count == 0 && !IsFoundWithoutName(submission))
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
            declared.UnionWith(submission.Signatures.Keys);
            foreach (var (signature, name) in found)
            {
                if (signature == name)
                {
                    wanted.Remove(name);
                }
                else if (wanted.TryGetValue(name, out var known))
                {
                    known.Add(signature);
                }
            }

            foreach (var name in submission.Mentions)
            {
                wanted[name] = [.. submission.Signatures.Where(pair => pair.Value == name).Select(pair => pair.Key)];
            }
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
