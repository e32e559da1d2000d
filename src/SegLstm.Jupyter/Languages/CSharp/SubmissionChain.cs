using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>The submissions whose declarations are visible to the next cell, oldest first.</summary>
/// <remarks>
/// A submission leaves when everything that it declares is declared again by later ones and no live one mentions it: so a cell that is
/// run a thousand times keeps one submission. The compilations after it are linked anew, which costs binding; it is therefore done in
/// batches.
/// </remarks>
internal sealed class SubmissionChain
{
    private const int Batch = 8;

    /// <summary>Extension methods that the language calls without that their name stands in the text.</summary>
    private static readonly HashSet<string> FoundWithoutName =
        ["Deconstruct", "GetEnumerator", "GetAsyncEnumerator", "GetAwaiter", "Add", "Dispose", "Select", "SelectMany", "Where", "GroupBy",
            "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Join", "GroupJoin", "Cast", "GetPinnableReference"];

    private readonly List<Submission> live = [];

    /// <summary>The live submissions, oldest first.</summary>
    public IReadOnlyList<Submission> Live => live;

    /// <summary>What the next cell is bound against.</summary>
    public CSharpCompilation? Last => live.Count == 0 ? null : live[^1].Compilation;

    /// <summary>The place of the next submission in the array that it gets.</summary>
    public int NextSlot => 1 + live.Count(submission => submission.HasCode);

    /// <summary>The assemblies of the live submissions by name.</summary>
    public Dictionary<string, Assembly> Assemblies() =>
        live.Where(submission => submission.HasCode)
            .Select(submission => submission.Instance!.GetType().Assembly)
            .ToDictionary(assembly => assembly.GetName().Name!);

    /// <summary>The instances of the live submissions in the places that the compiler expects; place 0 is the host object's.</summary>
    public object?[] Slots() =>
        [null, .. live.Where(submission => submission.HasCode).Select(submission => submission.Instance), null];

    /// <summary>The newest submission that declares a name.</summary>
    public Submission? Declaring(string name) => live.FindLast(submission => submission.Declares.Contains(name));

    /// <summary>Appends a submission that ran.</summary>
    public void Add(Submission submission)
    {
        live.Add(submission);
        var dead = Dead();
        if (dead.Count >= Math.Max(Batch, live.Count / 8) || (dead.Count > 0 && dead.Min(live.IndexOf) >= live.Count - 2 * Batch))
        {
            Drop(dead);
        }
    }

    private HashSet<Submission> Dead()
    {
        // From the newest: what a live one mentions, the nearest older declaration has to stay for. Usings have no names to mention, so
        // they are given up only where the next live submission repeats them.
        IReadOnlySet<string> usings = new HashSet<string>();
        var dead = new HashSet<Submission>();
        var declared = new HashSet<string>();
        var wanted = new HashSet<string>();
        for (var i = live.Count - 1; i >= 0; i--)
        {
            var submission = live[i];
            var shadowed = submission.Declares.All(declared.Contains) && submission.Usings.All(usings.Contains);
            if (shadowed && !submission.Declares.Overlaps(wanted) && !submission.Declares.Overlaps(FoundWithoutName))
            {
                dead.Add(submission);
                continue;
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
            var link = live[i].Compilation.ScriptCompilationInfo!.WithPreviousScriptCompilation(i == 0 ? null : live[i - 1].Compilation);
            live[i].Compilation = live[i].Compilation.WithScriptCompilationInfo(link);
        }
    }
}
