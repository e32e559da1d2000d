using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Magics;

public sealed class MagicCompletionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("magics").FullName;
    private readonly Session session;

    public MagicCompletionTests() => session = new Session(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("#!f", "#!f#,#!fsharp")]
    [InlineData("1\n#!lsm", "#!lsmagic")]
    [InlineData("#!share --f", "--from")]
    [InlineData("#!share --from v", "value")]
    [InlineData("#!share --from value n", "note")]
    [InlineData("#!share --from value no --a", "--as")]
    [InlineData("#!set --name y --value @v", "@value:note")]
    [InlineData("#!import da", "data.csv")]
    [InlineData("#!value --name x --mime-type text/h", "text/html")]
    public async Task Magics_complete_with_what_they_take(string cell, string expected)
    {
        File.WriteAllText(Path.Combine(folder, "data.csv"), "a,b\n");
        await session.Run("#!value --name note\ntext");
        var list = await session.Notebook.CompleteAsync(cell, cell.Length, CancellationToken.None);
        Assert.Equal(expected, string.Join(",", list.Items.Select(item => item.Text)));
        Assert.StartsWith(cell[list.Start..list.End], list.Items[0].Text, StringComparison.Ordinal);
        Assert.Equal(cell.Length, list.End);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Before_a_magic_begins_nothing_completes(int position)
    {
        Assert.Empty((await session.Notebook.CompleteAsync("#!who", position, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task A_magic_explains_itself()
    {
        var inspection = await session.Notebook.InspectAsync("1\n#!share x", 5, detailed: false, CancellationToken.None);
        Assert.Contains("--from", inspection!.Text, StringComparison.Ordinal);
    }
}
