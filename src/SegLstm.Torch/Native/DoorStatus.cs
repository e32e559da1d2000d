namespace SegLstm.Torch.Native;

/// <summary>What an exported function of the door returns (src/native/door.h).</summary>
internal enum DoorStatus
{
    Ok = 0,
    TorchError = 1,
    OutOfMemory = 2,
    ManagedError = 3,
    BadArgument = 4,
    UnknownError = 5,
}
