namespace TorchSharp;

public static partial class torch
{
    /// <summary>Writes a tensor to a file in TorchSharp's format.</summary>
    public static void save(Tensor t, string location) => t.Save(location);

    /// <summary>Reads a tensor from a file in TorchSharp's format.</summary>
    public static Tensor load(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        return TensorExtensionMethods.Load(reader);
    }
}
