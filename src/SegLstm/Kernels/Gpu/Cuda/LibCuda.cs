using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Gpu.Cuda;

/// <summary>The functions of NVIDIA's driver that are called here, as <c>cuda.h</c> has them. Each returns a status; 0 is
/// success.</summary>
internal static unsafe partial class LibCuda
{
    public const int Success = 0;

    public const int ComputeCapabilityMajor = 75;
    public const int ComputeCapabilityMinor = 76;

    public const int ErrorLog = 5;
    public const int ErrorLogBytes = 6;

    public const int FunctionLocalBytes = 3;
    public const int FunctionRegisters = 4;

    private const string Library = "libcuda.so.1";

    [LibraryImport(Library, EntryPoint = "cuInit")]
    public static partial int Initialize(uint flags);

    [LibraryImport(Library, EntryPoint = "cuGetErrorString")]
    public static partial int ErrorText(int status, out byte* text);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    public static partial int DeviceCount(out int count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    public static partial int Device(out int device, int index);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    public static partial int DeviceName(byte* name, int capacity, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    public static partial int DeviceAttribute(out int value, int attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRetain")]
    public static partial int RetainPrimaryContext(out nint context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    public static partial int ReleasePrimaryContext(int device);

    [LibraryImport(Library, EntryPoint = "cuCtxPushCurrent_v2")]
    public static partial int PushContext(nint context);

    [LibraryImport(Library, EntryPoint = "cuCtxPopCurrent_v2")]
    public static partial int PopContext(out nint context);

    [LibraryImport(Library, EntryPoint = "cuModuleLoadDataEx")]
    public static partial int LoadModule(out nint module, byte* image, uint optionCount, int* options, void** values);

    [LibraryImport(Library, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Function(out nint function, nint module, string name);

    [LibraryImport(Library, EntryPoint = "cuFuncGetAttribute")]
    public static partial int FunctionAttribute(out int value, int attribute, nint function);

    [LibraryImport(Library, EntryPoint = "cuLaunchKernel")]
    public static partial int Launch(
        nint function, uint groupsX, uint groupsY, uint groupsZ, uint threadsX, uint threadsY, uint threadsZ, uint sharedBytes,
        nint stream, void** arguments, void** extra);

    [LibraryImport(Library, EntryPoint = "cuStreamSynchronize")]
    public static partial int Synchronize(nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemAlloc_v2")]
    public static partial int Allocate(out nint memory, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemFree_v2")]
    public static partial int Free(nint memory);

    [LibraryImport(Library, EntryPoint = "cuMemcpyHtoDAsync_v2")]
    public static partial int CopyToDevice(nint device, void* host, nuint bytes, nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoHAsync_v2")]
    public static partial int CopyToHost(void* host, nint device, nuint bytes, nint stream);
}
