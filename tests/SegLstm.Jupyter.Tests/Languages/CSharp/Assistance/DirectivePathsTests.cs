namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

public sealed class DirectivePathsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paths").FullName;

    public DirectivePathsTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "libraries"));
        File.WriteAllText(Path.Combine(folder, "libraries", "Land.dll"), "");
        File.WriteAllText(Path.Combine(folder, "libraries", "Land.xml"), "");
        File.WriteAllText(Path.Combine(folder, "lines.csx"), "");
    }

    [Theory]
    [InlineData("#r \"lib|", "libraries/")]
    [InlineData("#r \"libraries/|\"", "Land.dll")]
    [InlineData("var x = 1;\n#r \"./libraries/La|\"\nx", "Land.dll")]
    [InlineData("#load \"lin|\"", "lines.csx")]
    public async Task Files_of_the_kind_and_folders_are_offered(string code, string expected)
    {
        using var notebook = new Notebook(folder);
        Assert.Equal([expected], await notebook.Names(code));
    }

    [Fact]
    public async Task A_name_after_a_slash_is_replaced()
    {
        using var notebook = new Notebook(folder);
        var list = await notebook.Complete("#r \"libraries/L|and.dl\"");
        Assert.Equal(("#r \"libraries/".Length, "#r \"libraries/Land.dl".Length), (list.Start, list.End));
    }

    [Theory]
    [InlineData("#r \"nowhere/|\"")]
    [InlineData("#r \"nuget: Land|\"")]
    public async Task A_place_that_is_not_there_offers_nothing(string code)
    {
        using var notebook = new Notebook(folder);
        Assert.Empty(await notebook.Names(code));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
