namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Only shape, element type and device.</summary>
    Metadata,

    /// <summary>Rows of aligned columns under a line of metadata, as Julia does.</summary>
    Julia,

    /// <summary>Nested brackets, as NumPy does.</summary>
    Numpy,

    /// <summary>A C# array initialiser after the metadata.</summary>
    CSharp,

    /// <summary>What <see cref="torch.TensorStringStyle"/> names; to begin with, PyTorch's own form.</summary>
    Default,
}
