namespace SegLstm.Checkpoints;

/// <summary>Why a safetensors file, or a request to write or read one, was refused. Every rule has its own code.</summary>
public enum SafeTensorsError
{
    /// <summary>The file holds fewer than the 8 bytes of the header length.</summary>
    FileTooSmall,

    /// <summary>The declared header is shorter than <c>{}</c>.</summary>
    HeaderTooSmall,

    /// <summary>The declared header is longer than 100,000,000 bytes.</summary>
    HeaderTooLarge,

    /// <summary>The declared header is longer than what is left of the file.</summary>
    HeaderTruncated,

    /// <summary>The header does not start with <c>{</c>.</summary>
    HeaderStart,

    /// <summary>The header is not UTF-8.</summary>
    HeaderNotUtf8,

    /// <summary>The header is not JSON.</summary>
    HeaderNotJson,

    /// <summary>Something other than padding follows the header's JSON object.</summary>
    HeaderTrailingContent,

    /// <summary>The header describes more tensors than its size justifies memory for.</summary>
    TooMuchMemory,

    /// <summary>A tensor is described twice.</summary>
    DuplicateName,

    /// <summary>A tensor's name is empty.</summary>
    EmptyName,

    /// <summary>A tensor's name holds control characters or is not valid text.</summary>
    InvalidName,

    /// <summary>A tensor to be written is called <c>__metadata__</c>.</summary>
    ReservedName,

    /// <summary><c>__metadata__</c> stands twice.</summary>
    DuplicateMetadata,

    /// <summary><c>__metadata__</c> is not a JSON object.</summary>
    MetadataNotObject,

    /// <summary>A metadata value is not a string.</summary>
    MetadataValueNotString,

    /// <summary>A metadata key stands twice.</summary>
    DuplicateMetadataKey,

    /// <summary>A metadata key or value is not valid text.</summary>
    InvalidMetadataText,

    /// <summary>A tensor's description is not a JSON object.</summary>
    TensorNotObject,

    /// <summary>A tensor's description has a field other than dtype, shape, data_offsets.</summary>
    UnknownField,

    /// <summary>A field of a tensor's description stands twice.</summary>
    DuplicateField,

    /// <summary>A tensor has no dtype.</summary>
    MissingDType,

    /// <summary>A tensor's dtype is not a string.</summary>
    DTypeNotString,

    /// <summary>A tensor's dtype is not one of the format.</summary>
    UnknownDType,

    /// <summary>A tensor has no shape.</summary>
    MissingShape,

    /// <summary>A tensor's shape is not an array.</summary>
    ShapeNotArray,

    /// <summary>A dimension is not an integer.</summary>
    DimensionNotInteger,

    /// <summary>A dimension is negative.</summary>
    NegativeDimension,

    /// <summary>A dimension does not fit 64 bits.</summary>
    DimensionTooLarge,

    /// <summary>A shape has more than 64 dimensions.</summary>
    TooManyDimensions,

    /// <summary>The product of the dimensions overflows 64 bits.</summary>
    ElementCountOverflow,

    /// <summary>The number of elements times the size of one overflows 64 bits.</summary>
    ByteCountOverflow,

    /// <summary>A tensor has no data_offsets.</summary>
    MissingOffsets,

    /// <summary>data_offsets is not an array of two numbers.</summary>
    OffsetsNotPair,

    /// <summary>An offset is not an integer.</summary>
    OffsetNotInteger,

    /// <summary>An offset is negative.</summary>
    NegativeOffset,

    /// <summary>An offset does not fit 64 bits.</summary>
    OffsetTooLarge,

    /// <summary>A tensor ends before it begins.</summary>
    OffsetsReversed,

    /// <summary>The offsets span another number of bytes than shape and dtype need.</summary>
    SizeMismatch,

    /// <summary>Bytes before a tensor belong to no tensor.</summary>
    Hole,

    /// <summary>Two tensors share bytes.</summary>
    Overlap,

    /// <summary>The last tensor ends behind the end of the file.</summary>
    DataTruncated,

    /// <summary>Bytes behind the last tensor belong to no tensor.</summary>
    TrailingBytes,

    /// <summary>The file has no tensor of this name.</summary>
    TensorNotFound,

    /// <summary>The tensor's dtype exists in the format but not in libtorch, or the other way round.</summary>
    UnsupportedDType,

    /// <summary>A BOOL tensor holds a byte other than 0 and 1.</summary>
    InvalidBoolean,

    /// <summary>The tensor to be written is sparse.</summary>
    UnsupportedLayout,

    /// <summary>The file changed its length after it was opened.</summary>
    FileChanged,
}
