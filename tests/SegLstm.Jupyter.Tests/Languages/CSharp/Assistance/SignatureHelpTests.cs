namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

public sealed class SignatureHelpTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("\"a\".Substring(|", "▸ string string.Substring(int «startIndex»)")]
    [InlineData("\"a\".Substring(1, |", "▸ string string.Substring(int startIndex, int «length»)")]
    [InlineData("\"a\".Substring(|)", "▸ string string.Substring(int «startIndex»)")]
    [InlineData("\"a\".Substring(1, |)\nvar x = 1;", "▸ string string.Substring(int startIndex, int «length»)")]
    [InlineData("\"a\".Substring(Math.Max(1, |", "▸ int Math.Max(int val1, int «val2»)")]
    [InlineData("Math.Max(1.5, |", "▸ double Math.Max(double val1, double «val2»)")]
    [InlineData("new List<int>(|", "▸ List<int>.List(int «capacity»)")]
    [InlineData("int F(int a, params string[] rest) => 1;\nF(1, \"a\", |", "▸ int F(int a, params string[] «rest»)")]
    [InlineData("int F(int a, int b = 1, int c = 2) => 1;\nF(1, c: |", "▸ int F(int a, int b = 1, int «c» = 2)")]
    [InlineData("Func<int, bool> f = x => true; f(|", "▸ bool Func<int, bool>.Invoke(int «arg»)")]
    [InlineData("Dictionary<string, int> all = new(); all[|]", "▸ int Dictionary<string, int>.this[string «key»] { get; set; }")]
    [InlineData("new[] { 1 }.Take(|", "▸ (extension) IEnumerable<int> IEnumerable<int>.Take<int>(int «count»)")]
    public async Task The_best_overload_and_its_parameter_are_marked(string code, string expected) =>
        Assert.Contains(expected, (await notebook.Text(code)).Split('\n'));

    [Fact]
    public async Task All_overloads_are_listed()
    {
        var lines = (await notebook.Text("Console.WriteLine(|")).Split('\n');
        Assert.InRange(lines.Count(line => line.Contains("void Console.WriteLine(", StringComparison.Ordinal)), 15, 30);
        Assert.Single(lines, line => line.StartsWith('▸'));
    }

    [Fact]
    public async Task The_marked_overload_is_explained()
    {
        var found = await notebook.Inspect("\"a\".Substring(1, |");
        Assert.Contains("length: The number of characters", found!.Text);
        Assert.Contains("<b><u>length</u></b>", found.Html);
    }

    [Fact]
    public async Task A_functions_of_an_earlier_cell_is_known()
    {
        await notebook.Run("double Area(double width, double height) => width * height;");
        Assert.Contains("▸ double Area(double width, double «height»)", await notebook.Text("Area(1, |"));
    }

    [Fact]
    public async Task Within_a_block_of_a_lambda_the_outer_call_is_not_meant() =>
        Assert.Equal("nothing", await notebook.Text("Task.Run(() => { | })"));

    public void Dispose() => notebook.Dispose();
}
