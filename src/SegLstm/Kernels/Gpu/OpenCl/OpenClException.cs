namespace SegLstm.Kernels.Gpu.OpenCl;

/// <summary>A call of OpenCL that failed.</summary>
/// <param name="message">What failed, and what to do.</param>
/// <param name="status">OpenCL's number of the error, as in <c>CL/cl.h</c>; 0 where there is none.</param>
internal sealed class OpenClException(string message, int status = 0) : Exception(message)
{
    /// <summary>OpenCL's number of the error.</summary>
    public int Status { get; } = status;

    /// <summary>Throws unless a call succeeded.</summary>
    public static void ThrowIfFailed(int status, string call)
    {
        if (status != LibOpenCl.Success)
        {
            throw new OpenClException($"{call} failed with OpenCL error {status} (CL/cl.h says what that is).", status);
        }
    }
}
