using SegLstm.Data;
using SegLstm.Language.Clip;

namespace SegLstm.Tests.Language.Clip;

/// <summary>CLIP's byte pairs as the golden cases bring them.</summary>
internal static class Merges
{
    public static string Folder => Path.Combine(InstalledData.Repository!, "tests", "Parity", "goldens", "clip");

    public static string File => BytePairMerges.FindIn(Folder)!;

    public static ClipTokenizer Tokenizer { get; } = new(BytePairMerges.Load(File));
}
