namespace SegLstm.Tests.Checkpoints;

/// <summary>The checkpoints that torch 1.13.1 wrote (Fixtures/make.py).</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
