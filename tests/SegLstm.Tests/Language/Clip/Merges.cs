using SegLstm.Language.Clip;
using SegLstm.Tests.Data;

namespace SegLstm.Tests.Language.Clip;

/// <summary>Byte pairs for tests: a list of our own, and OpenAI's where it is at hand, which comes with CLIP's weights.</summary>
internal static class Merges
{
    // Each becomes one token.
    private static readonly string[] Words = ["dog", "grass", "word"];

    /// <summary>Lines of a file of our own: merges that spell a few words, and then pairs of single bytes.</summary>
    public static IReadOnlyList<string> Own { get; } = [.. Spelling().Concat(Filling()).Distinct().Take(BytePairMerges.Count)];

    /// <summary>The file of them.</summary>
    public static string File { get; } = Written();

    /// <summary>A tokenizer with them.</summary>
    public static ClipTokenizer Tokenizer { get; } = new(BytePairMerges.Load(File));

    /// <summary>OpenAI's file; the test is skipped where it is not at hand.</summary>
    public static string Official => Path.Combine(SharedSamples.Folder("clip_bpe"), "bpe_simple_vocab_16e6.txt.gz");

    private static IEnumerable<string> Spelling() => Words.SelectMany(word =>
        Enumerable.Range(1, word.Length - 1).Select(at => $"{word[..at]} {word[at]}{(at == word.Length - 1 ? "</w>" : "")}"));

    private static IEnumerable<string> Filling() =>
        from first in Letters() from second in Letters() from end in new[] { "", "</w>" } select $"{first} {second}{end}";

    private static IEnumerable<char> Letters() => Enumerable.Range(33, 94).Concat(Enumerable.Range(161, 12)).Concat(Enumerable.Range(174, 82))
        .Where(code => code is < 'a' or > 'z').Select(code => (char)code);

    private static string Written()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("seglstm-merges-").FullName, "merges.txt");
        System.IO.File.WriteAllLines(path, ["#version: 0.2", .. Own]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }
}
