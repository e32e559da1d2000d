using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

/// <summary>Asks about cells in which `|` stands for the cursor (`‸` where the code has bars of its own).</summary>
internal static class Cursor
{
    public static async Task<CompletionList> Complete(this Notebook notebook, string marked)
    {
        var (code, position) = Split(marked);
        return await notebook.CSharp.CompleteAsync(code, position, TestContext.Current.CancellationToken);
    }

    public static async Task<string[]> Names(this Notebook notebook, string marked) =>
        [.. (await notebook.Complete(marked)).Items.Select(item => item.Text)];

    public static async Task<Inspection?> Inspect(this Notebook notebook, string marked, bool detailed = false)
    {
        var (code, position) = Split(marked);
        return await notebook.CSharp.InspectAsync(code, position, detailed, TestContext.Current.CancellationToken);
    }

    public static async Task<string> Text(this Notebook notebook, string marked, bool detailed = false) =>
        (await notebook.Inspect(marked, detailed))?.Text ?? "nothing";

    private static (string Code, int Position) Split(string marked)
    {
        var mark = marked.Contains('‸') ? '‸' : '|';
        var position = marked.IndexOf(mark);
        Assert.True(position >= 0 && marked.LastIndexOf(mark) == position, $"one cursor in {marked}");
        return (marked.Remove(position, 1), position);
    }
}
