namespace SegLstm.Checkpoints;

/// <summary>Why a checkpoint, or a request to write one, was refused.</summary>
public enum CheckpointError
{
    /// <summary>The file is of another kind altogether.</summary>
    NotACheckpoint,

    /// <summary>The pickle asks for a Python object that is not on the allow list; the message names it.</summary>
    ForbiddenGlobal,

    /// <summary>The pickle calls something with arguments that a checkpoint has no use for.</summary>
    ForbiddenCall,

    /// <summary>The pickle uses an instruction that checkpoints do not need.</summary>
    ForbiddenOpcode,

    /// <summary>The pickle is malformed.</summary>
    BrokenPickle,

    /// <summary>Containers are nested too deeply, or contain themselves.</summary>
    TooDeep,

    /// <summary>Reading it would take more memory than its size justifies.</summary>
    TooMuchMemory,

    /// <summary>The bytes are in big-endian order.</summary>
    BigEndian,

    /// <summary>The zip archive is malformed.</summary>
    BrokenZip,

    /// <summary>The zip archive uses what torch does not: encryption, another compression, several disks.</summary>
    UnsupportedZip,

    /// <summary>The zip archive would unpack to far more than its own size.</summary>
    Expansion,

    /// <summary>A part's checksum is wrong.</summary>
    Checksum,

    /// <summary>The archive lacks a part that the pickle names.</summary>
    MissingEntry,

    /// <summary>The file is of a later version of its format.</summary>
    UnsupportedVersion,

    /// <summary>Elements of a type that libtorch 1.13 lacks or that is not a plain number.</summary>
    UnsupportedDType,

    /// <summary>A storage is described wrongly, or has another size than the file says.</summary>
    BrokenStorage,

    /// <summary>A tensor is described wrongly, or reaches beyond its storage.</summary>
    BrokenTensor,

    /// <summary>The file ends too early.</summary>
    Truncated,

    /// <summary>A name stands twice.</summary>
    DuplicateName,

    /// <summary>A name to be written is not valid text.</summary>
    InvalidName,

    /// <summary>A bool tensor holds a byte other than 0 and 1.</summary>
    InvalidBoolean,

    /// <summary>The file has no tensor of this name.</summary>
    TensorNotFound,

    /// <summary>The file changed while it was read.</summary>
    FileChanged,

    /// <summary>A tensor to be written is sparse.</summary>
    UnsupportedLayout,
}
