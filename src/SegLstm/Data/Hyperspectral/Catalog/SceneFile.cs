namespace SegLstm.Data.Hyperspectral.Catalog;

/// <summary>A file of a benchmark scene.</summary>
/// <param name="Names">The names under which it goes round; the first that is there is taken.</param>
/// <param name="Digests">SHA-256 of files that are known; another file is read with a warning. Empty where none is known.</param>
public sealed record SceneFile(IReadOnlyList<string> Names, IReadOnlyList<string> Digests)
{
    internal static SceneFile Of(params string[] names) => new(names, []);

    internal SceneFile Known(params string[] digests) => this with { Digests = digests };
}
