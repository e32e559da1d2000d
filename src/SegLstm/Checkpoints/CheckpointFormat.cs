namespace SegLstm.Checkpoints;

/// <summary>How a checkpoint is stored. It is told from the contents, whatever the file is called.</summary>
public enum CheckpointFormat
{
    /// <summary>safetensors: a JSON header, then the tensors.</summary>
    SafeTensors,

    /// <summary>PyTorch's zip archive, written by torch 1.6 and later.</summary>
    TorchZip,

    /// <summary>PyTorch's older form: pickles one after the other, then the storages.</summary>
    TorchLegacy,
}
