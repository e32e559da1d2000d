using System.Text.RegularExpressions;

namespace SegLstm.Notebooks.Tests.Lint;

/// <summary>Notebooks run unchanged in this project's kernel and in .NET Interactive.</summary>
public sealed partial class PortabilityTests
{
    private const string Libraries = "../artifacts/bin/SegLstm.Workbook/release/";

    /// <summary>Magics that both hosts have. SQL needs a package there.</summary>
    private static readonly string[] Magics =
    [
        "csharp", "fsharp", "html", "mermaid", "markdown", "value", "time", "set", "share", "who", "import",
    ];

    // Elsewhere a magic in the middle of a cell, or one that the other host lacks, is a compiler error.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Magics_stand_at_the_top_of_a_cell_and_are_known_to_both_hosts(string name) =>
        Assert.All(NotebookFolder.Open(name).Code, cell =>
    {
        string[] magics = [.. cell.Lines.TakeWhile(line => line.StartsWith("#!", StringComparison.Ordinal))];
        Assert.DoesNotContain(cell.Lines.Skip(magics.Length), line => line.StartsWith("#!", StringComparison.Ordinal));
        string[] known = cell.Tags.Contains("optional") ? [.. Magics, "sql"] : Magics;
        Assert.All(magics, line => Assert.Contains(line[2..].Split(' ')[0].Trim(), known));
    });

    // Relative paths, one file name a project of this repository; .NET Interactive finds what lies beside the library.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Libraries_are_loaded_from_beside_the_workbook(string name)
    {
        string[] libraries = [.. NotebookFolder.Open(name).CSharp.SelectMany(cell => cell.Lines)
            .Where(line => line.StartsWith("#r", StringComparison.Ordinal)).Select(line => line[2..].Trim().Trim('"'))];

        Assert.Contains(Libraries + "SegLstm.Workbook.dll", libraries);
        string sources = Path.Combine(Path.GetDirectoryName(NotebookFolder.FullPath)!, "src");
        Assert.All(libraries, library =>
        {
            Assert.StartsWith(Libraries, library);
            Assert.True(Directory.Exists(Path.Combine(sources, Path.GetFileNameWithoutExtension(library))), library);
        });
    }

    // A name of our own kernel would tie a notebook to it, and a machine's path to that machine.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Cells_name_no_kernel_and_no_machine(string name) => Assert.All(NotebookFolder.Open(name).Cells, cell =>
    {
        Assert.DoesNotContain("SegLstm.Jupyter", cell.Source);
        Assert.DoesNotContain("KernelInvocationContext", cell.Source);
        Assert.DoesNotMatch(MachinePath(), cell.Source);
    });

    // A script cannot have a variable of a type that lives on the stack, nor a using declaration of its own.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Cells_have_no_variables_that_scripts_cannot_have(string name) =>
        Assert.All(NotebookFolder.Open(name).CSharp, cell =>
    {
        Assert.DoesNotContain("Span<", cell.Source);
        Assert.All(cell.Lines, line => Assert.DoesNotMatch(@"^(await )?using (var|\w+) \w+ =", line));
    });

    // A runner asks for parameters by name, type and description.
    [Theory, MemberData(nameof(NotebookFolder.Names), MemberType = typeof(NotebookFolder))]
    public void Parameters_come_first_one_a_line_with_type_and_description(string name)
    {
        var code = NotebookFolder.Open(name).Code.ToArray();
        var tagged = code.Where(cell => cell.Tags.Contains("parameters")).ToArray();

        Assert.True(tagged.Length <= 1);
        Assert.All(tagged, cell => Assert.Equal(code[0], cell));
        Assert.All(tagged.SelectMany(cell => cell.Lines), line => Assert.Matches(Parameter(), line));
    }

    // What the library has is used, not written again; and a notebook repeats no other one.
    [Fact]
    public void Notebooks_define_no_type_that_the_library_or_another_notebook_has()
    {
        Type[] oneOfEach = [typeof(SegLstm.Data.Scene), typeof(SegLstm.Workbook.Exercises.Prediction), typeof(TorchSharp.torch)];
        var library = oneOfEach.SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.Name.Split('`')[0]).ToHashSet();
        string[] defined = [.. NotebookFolder.Names.SelectMany(row => NotebookFolder.Open(row.Data).CSharp)
            .SelectMany(cell => TypeDefinition().Matches(cell.Source)).Select(m => m.Groups[1].Value)];

        Assert.DoesNotContain(defined, library.Contains);
        Assert.Equal(defined.Distinct(), defined);
    }

    [GeneratedRegex(@"(?<![\w.~])/(work|home|root|tmp|usr|mnt)/|[A-Z]:\\|file://")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^(int|long|double|float|bool|string) [a-z]\w* = [^;]+; *// \S.*$")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w*)")]
    private static partial Regex TypeDefinition();
}
