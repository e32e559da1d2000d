using System.Text.RegularExpressions;

namespace SegLstm.Notebooks.Tests.Lint;

public sealed partial class TeachingTests
{
    private const int LongestCell = 30, MedianCell = 8, LineWidth = 115, LeastExercises = 3, LeastPredictions = 3;

    // Short steps can be read, changed and understood one at a time.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Code_cells_are_short(string name)
    {
        var code = NotebookFolder.Open(name).Code.ToArray();
        int[] lengths = [.. code.Select(cell => cell.Length).Order()];

        Assert.All(
            code, cell => Assert.True(cell.Length <= LongestCell, $"{cell} has {cell.Length} lines: at most {LongestCell}"));
        double median = (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2.0;
        Assert.True(median <= MedianCell, $"half of the code cells have more than {median} lines: at most {MedianCell}");
        Assert.All(code, cell => Assert.All(cell.Lines, line => Assert.True(line.Length <= LineWidth, $"{cell}: {line}")));
    }

    // Why before how: nobody runs a cell without knowing what it is for.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Every_code_cell_follows_a_text(string name)
    {
        var notebook = NotebookFolder.Open(name);

        Assert.All(notebook.Code, cell => Assert.True(
            cell.Index > 0 && notebook.Cells[cell.Index - 1] is { IsCode: false, Length: > 0 }, $"{cell} has no text before it"));
    }

    // A prediction is checked, or it is only a claim: by the next code cell or by the one after what it shows.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void What_a_text_expects_is_checked_soon_after(string name)
    {
        var notebook = NotebookFolder.Open(name);
        var predictions = notebook.Texts.Where(text => Expectation().IsMatch(text.Source)).ToArray();

        Assert.True(predictions.Length >= LeastPredictions, $"{predictions.Length} predictions: at least {LeastPredictions}");
        Assert.All(predictions, text =>
        {
            var next = notebook.NextCode(text);
            bool isChecked = next is not null && (Checks(next) || (notebook.NextCode(next) is { } later && Checks(later)));
            Assert.True(isChecked, $"{text} says what to expect, but no cell near it checks it with Prediction");
        });
    }

    // An exercise runs as it is shipped, says what is missing, and keeps its hint folded away until it is wanted.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void There_are_exercises_with_a_check_and_a_folded_hint(string name)
    {
        var notebook = NotebookFolder.Open(name);
        var exercises = notebook.CSharp.Where(cell => cell.Source.Contains(".Check(")).ToArray();

        Assert.True(exercises.Length >= LeastExercises, $"{exercises.Length} exercises: at least {LeastExercises}");
        Assert.All(exercises, cell =>
        {
            Assert.Contains("TODO", cell.Source);
            string text = notebook.Cells[cell.Index - 1].Source;
            // The blank line lets Markdown inside the folded part be read as Markdown.
            Assert.Contains("<details><summary>Hint</summary>\n\n", text);
            Assert.Contains("\n\n</details>", text);
        });
    }

    // The skeleton that readers learn to rely on.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void A_notebook_has_the_parts_that_every_notebook_has(string name)
    {
        string[] headings =
            [.. NotebookFolder.Open(name).Texts.SelectMany(text => text.Lines).Where(line => line.StartsWith('#'))];

        Assert.StartsWith("# ", headings[0]);
        string[] expected = ["## Shapes", "## Set-up", "## Exercises", "## Questions", "## Summary", "## Where to go next"];
        Assert.Equal(expected, headings.Where(expected.Contains));
    }

    // The glossary is a table of letters, their meaning and their size here.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void The_glossary_of_shapes_is_a_table(string name)
    {
        var glossary = Assert.Single(
            NotebookFolder.Open(name).Texts, text => text.Source.StartsWith("## Shapes", StringComparison.Ordinal));

        Assert.True(glossary.Lines.Count(line => line.StartsWith("| *", StringComparison.Ordinal)) >= 4);
    }

    // Formulas that MathJax and KaTeX both draw.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Formulas_use_what_both_renderers_know(string name) => Assert.All(NotebookFolder.Open(name).Texts, text =>
    {
        string prose = Verbatim().Replace(text.Source, "");
        Assert.True(prose.Count(c => c == '$') % 2 == 0, $"{text} has an unbalanced $");
        Assert.DoesNotMatch(OneRendererOnly(), prose);
        // Markdown readers differ over a displayed formula within a line of text.
        Assert.All(text.Lines.Where(line => line.Contains("$$")), line => Assert.Equal("$$", line));
    });

    // A link that leads nowhere is found by a reader first, or here.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Links_and_named_paths_of_the_repository_exist(string name)
    {
        string root = Path.GetDirectoryName(NotebookFolder.FullPath)!;
        foreach (var text in NotebookFolder.Open(name).Texts)
        {
            Assert.All(Link().Matches(text.Source), m => Assert.True(
                File.Exists(Path.Combine(NotebookFolder.FullPath, m.Groups[1].Value)), $"{text} links to {m.Groups[1].Value}"));
            Assert.All(RepositoryPath().Matches(text.Source), m => Assert.True(
                Path.Exists(Path.Combine(root, m.Groups[1].Value)), $"{text} names {m.Groups[1].Value}"));
        }
    }

    [GeneratedRegex(@"\b[Ee]xpect\b")]
    private static partial Regex Expectation();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Verbatim();

    [GeneratedRegex(@"\\(begin\{(align|equation|eqnarray|gather)\*?\}|newcommand|def|label|ref|eqref|require|mathchoice)\b")]
    private static partial Regex OneRendererOnly();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|environment|notebooks|tests|data)/[\w./-]+)")]
    private static partial Regex RepositoryPath();

    private static bool Checks(NotebookCell cell) => cell.Source.Contains("Prediction.");
}
