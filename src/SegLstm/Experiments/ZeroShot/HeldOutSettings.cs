using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SegLstm.Data;
using SegLstm.Experiments.Records;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>All that the scores of a study depend on, beside class and seed: scores of equal settings may share a table.</summary>
/// <param name="Scene">Name of the scene.</param>
/// <param name="Content">Digest of its samples and labels, in hexadecimal digits.</param>
/// <param name="Recipe">The recipe as YAML, with seed 0.</param>
public sealed record HeldOutSettings(string Scene, string Content, string Recipe)
{
    /// <summary>Those of a recipe on a scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="recipe">The recipe; its seed does not count.</param>
    public static HeldOutSettings Of(Scene scene, SceneRecipe recipe)
    {
        SceneArrays arrays = SceneArrays.Of(scene);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(arrays.Image.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes((arrays.Labels ?? []).AsSpan()));
        return new HeldOutSettings(scene.Name, Convert.ToHexStringLower(hash.GetHashAndReset()),
            RecordYaml.Write(recipe with { Training = recipe.Training with { Seed = 0 } }));
    }
}
