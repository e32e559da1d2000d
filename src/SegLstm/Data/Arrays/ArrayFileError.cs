namespace SegLstm.Data.Arrays;

/// <summary>Why a file of arrays was refused.</summary>
public enum ArrayFileError
{
    /// <summary>The file is neither a MATLAB file (v4 to v7.3) nor HDF5.</summary>
    UnknownFormat,

    /// <summary>The file ends before what it declares.</summary>
    Truncated,

    /// <summary>The file contradicts itself, or its compressed data do not unpack.</summary>
    Damaged,

    /// <summary>The file is sound, but uses a part of its format that is not read here.</summary>
    Unsupported,

    /// <summary>More memory would be needed than <see cref="ArrayLimits"/> or the size of the file allow.</summary>
    TooLarge,

    /// <summary>There is no array of that name, or of that number of dimensions.</summary>
    NotFound,

    /// <summary>Several arrays would do: one has to be named.</summary>
    Ambiguous,

    /// <summary>The variable is no array of real numbers: a cell array, a struct, text, a sparse matrix, an object.</summary>
    NotNumeric,
}
