namespace SegLstm.Checkpoints.Pickle;

/// <summary>What the allow list's names do when a pickle calls them. There is no other way to call anything.</summary>
internal enum PickleFunction
{
    /// <summary>Nothing: it may be named, not called.</summary>
    Name,

    /// <summary>A dictionary of pairs, or a Counter of a dictionary.</summary>
    Dictionary,

    /// <summary>A list of the elements of a set.</summary>
    Set,

    /// <summary><c>torch.Size</c>: a tuple.</summary>
    Size,

    /// <summary><c>torch.device</c>: its name.</summary>
    Device,

    /// <summary>A complex number of two parts.</summary>
    Complex,

    /// <summary><c>_codecs.encode</c>: how protocol 2 writes bytes.</summary>
    Encode,

    /// <summary><c>numpy.dtype</c>.</summary>
    NumpyType,

    /// <summary>A NumPy number of a type and its bytes.</summary>
    NumpyNumber,

    /// <summary>A tensor over a storage.</summary>
    Tensor,

    /// <summary>A parameter around a tensor.</summary>
    Parameter,

    /// <summary>A list of TorchScript, or a value with its type: the value.</summary>
    Typed,

    /// <summary>An object of a TorchScript class, whatever the class: the dictionary of its attributes. No code of the class is
    /// read.</summary>
    ScriptObject,
}
