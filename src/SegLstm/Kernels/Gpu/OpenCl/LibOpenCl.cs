using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Gpu.OpenCl;

/// <summary>The functions of OpenCL 1.2 that are called here, as <c>CL/cl.h</c> has them. Each returns a status or writes it; 0
/// is success.</summary>
internal static unsafe partial class LibOpenCl
{
    public const int Success = 0;
    public const int DeviceNotFound = -1;
    public const int PlatformNotFound = -1001;

    public const ulong Processor = 1 << 1;
    public const ulong Gpu = 1 << 2;
    public const ulong DeviceTypeAll = 0xFFFFFFFF;
    public const uint DeviceName = 0x102B;
    public const uint DeviceType = 0x1000;
    public const uint BuildLog = 0x1183;
    public const uint WorkGroupSize = 0x11B0;

    public const ulong UseHostMemory = 1 << 3;
    public const ulong MapRead = 1;

    private const string Library = "libOpenCL.so.1";

    [LibraryImport(Library, EntryPoint = "clGetPlatformIDs")]
    public static partial int GetPlatforms(uint capacity, nint* platforms, out uint count);

    [LibraryImport(Library, EntryPoint = "clGetDeviceIDs")]
    public static partial int GetDevices(nint platform, ulong type, uint capacity, nint* devices, out uint count);

    [LibraryImport(Library, EntryPoint = "clGetDeviceInfo")]
    public static partial int GetDeviceInfo(nint device, uint what, nuint capacity, void* value, out nuint size);

    [LibraryImport(Library, EntryPoint = "clCreateContext")]
    public static partial ContextHandle CreateContext(
        nint properties, uint deviceCount, in nint devices, nint notify, nint userData, out int status);

    [LibraryImport(Library, EntryPoint = "clReleaseContext")]
    public static partial int ReleaseContext(nint context);

    [LibraryImport(Library, EntryPoint = "clCreateCommandQueue")]
    public static partial QueueHandle CreateQueue(ContextHandle context, nint device, ulong properties, out int status);

    [LibraryImport(Library, EntryPoint = "clReleaseCommandQueue")]
    public static partial int ReleaseQueue(nint queue);

    [LibraryImport(Library, EntryPoint = "clCreateProgramWithSource", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ProgramHandle CreateProgram(
        ContextHandle context, uint count, string[] sources, nint lengths, out int status);

    [LibraryImport(Library, EntryPoint = "clBuildProgram", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BuildProgram(
        ProgramHandle program, uint deviceCount, in nint devices, string options, nint notify, nint userData);

    [LibraryImport(Library, EntryPoint = "clGetProgramBuildInfo")]
    public static partial int GetBuildInfo(
        ProgramHandle program, nint device, uint what, nuint capacity, byte* value, out nuint size);

    [LibraryImport(Library, EntryPoint = "clReleaseProgram")]
    public static partial int ReleaseProgram(nint program);

    [LibraryImport(Library, EntryPoint = "clCreateKernel", StringMarshalling = StringMarshalling.Utf8)]
    public static partial KernelHandle CreateKernel(ProgramHandle program, string name, out int status);

    [LibraryImport(Library, EntryPoint = "clSetKernelArg")]
    public static partial int SetArgument(KernelHandle kernel, uint place, nuint size, void* value);

    [LibraryImport(Library, EntryPoint = "clGetKernelWorkGroupInfo")]
    public static partial int GetWorkGroupInfo(
        KernelHandle kernel, nint device, uint what, nuint capacity, void* value, out nuint size);

    [LibraryImport(Library, EntryPoint = "clReleaseKernel")]
    public static partial int ReleaseKernel(nint kernel);

    [LibraryImport(Library, EntryPoint = "clCreateBuffer")]
    public static partial BufferHandle CreateBuffer(ContextHandle context, ulong flags, nuint bytes, nint memory, out int status);

    [LibraryImport(Library, EntryPoint = "clReleaseMemObject")]
    public static partial int ReleaseBuffer(nint buffer);

    [LibraryImport(Library, EntryPoint = "clEnqueueNDRangeKernel")]
    public static partial int Enqueue(
        QueueHandle queue, KernelHandle kernel, uint dimensions, nint offsets, in nuint threads, in nuint groupSize,
        uint waitCount, nint waitFor, nint done);

    [LibraryImport(Library, EntryPoint = "clEnqueueMapBuffer")]
    public static partial nint Map(
        QueueHandle queue, BufferHandle buffer, uint blocking, ulong flags, nuint offset, nuint bytes, uint waitCount,
        nint waitFor, nint done, out int status);

    [LibraryImport(Library, EntryPoint = "clEnqueueUnmapMemObject")]
    public static partial int Unmap(QueueHandle queue, BufferHandle buffer, nint mapped, uint waitCount, nint waitFor, nint done);

    [LibraryImport(Library, EntryPoint = "clFinish")]
    public static partial int Finish(QueueHandle queue);
}
