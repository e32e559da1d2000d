namespace SegLstm.Workbook.Tests;

/// <summary>Compares a text with the approved one under Approved/, and says how to approve a wished change.</summary>
internal static class Approval
{
    internal static void Check(string name, string text)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Approved");
        string approved = Path.Combine(folder, name), received = Path.Combine(folder, "received." + name);
        string expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == text) return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(received, text);
        int at = expected.Zip(text).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail(
            $"{name} differs from the approved text from character {at} on: expected \"{Around(expected, at)}\", got \"{Around(text, at)}\". "
            + $"Look at {received}; if it is right, copy it over Approved/{name} of this test project.");
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 60)];
}
