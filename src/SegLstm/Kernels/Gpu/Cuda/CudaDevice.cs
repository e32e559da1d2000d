using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace SegLstm.Kernels.Gpu.Cuda;

/// <summary>A card of NVIDIA's, with the kernels that its driver has assembled from PTX.</summary>
/// <remarks>Not run on such a card so far.</remarks>
internal sealed unsafe class CudaDevice : IGpu
{
    private const string Remedy =
        "No CUDA device: this needs an NVIDIA card and its driver (libcuda.so.1; nvidia-smi shows both).";

    private const int LogBytes = 8192;

    private readonly PrimaryContextHandle context;
    private readonly ConcurrentDictionary<GpuSource, Lazy<nint>> modules = new();
    private readonly ConcurrentDictionary<(GpuSource Source, string Kernel), nint> functions = new();

    private CudaDevice(int device)
    {
        var name = stackalloc byte[256];
        CudaException.ThrowIfFailed(LibCuda.DeviceName(name, 256, device), "cuDeviceGetName");
        Name = Marshal.PtrToStringUTF8((nint)name)!;
        Architecture = Best(Attribute(device, LibCuda.ComputeCapabilityMajor), Attribute(device, LibCuda.ComputeCapabilityMinor));
        context = new PrimaryContextHandle(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What its kernels are compiled for.</summary>
    public string Architecture { get; }

    /// <summary>A device by its number, as torch counts them.</summary>
    /// <exception cref="CudaException">There is no driver, or no such device.</exception>
    public static CudaDevice Open(int index = 0)
    {
        try
        {
            if (LibCuda.Initialize(0) != LibCuda.Success || LibCuda.DeviceCount(out var count) != LibCuda.Success || count == 0)
            {
                throw new CudaException(Remedy);
            }

            if (index < 0 || index >= count)
            {
                throw new CudaException($"Expected a CUDA device of 0 to {count - 1}, got {index}.");
            }

            CudaException.ThrowIfFailed(LibCuda.Device(out var device, index), "cuDeviceGet");
            return new CudaDevice(device);
        }
        catch (DllNotFoundException)
        {
            throw new CudaException(Remedy);
        }
    }

    /// <summary>The newest architecture with PTX that a card of a compute capability runs.</summary>
    /// <exception cref="CudaException">The card is older than all.</exception>
    internal static string Best(int major, int minor) =>
        GpuKernels.Architectures.LastOrDefault(name => int.Parse(name.AsSpan(3)) <= (10 * major) + minor)
        ?? throw new CudaException(
            $"Expected a card of compute capability 7.0 or newer, got {major}.{minor}: kernels run on the CPU without.");

    /// <inheritdoc/>
    public IGpuRun Begin() => Begin(stream: 0);

    /// <summary>Begins launches on a stream; 0 is the default stream.</summary>
    public IGpuRun Begin(nint stream) => new CudaRun(this, stream);

    /// <summary>Makes this device's context the thread's until it is disposed.</summary>
    public Current Enter() => new(context.DangerousGetHandle());

    /// <summary>A kernel, which is assembled when it is first asked for. The context must be the thread's.</summary>
    /// <exception cref="CudaException">The driver refuses it; the message is the driver's.</exception>
    public nint Function(GpuSource source, string kernel) => functions.GetOrAdd((source, kernel), key =>
    {
        var module = modules.GetOrAdd(key.Source, file => new(() => Load(file))).Value;
        CudaException.ThrowIfFailed(LibCuda.Function(out var function, module, key.Kernel), $"cuModuleGetFunction({key.Kernel})");
        return function;
    });

    /// <summary>Registers a thread and spilled bytes a thread, as the driver assembled a kernel.</summary>
    public (int Registers, int SpilledBytes) Used(GpuSource source, string kernel)
    {
        using var current = Enter();
        var function = Function(source, kernel);
        CudaException.ThrowIfFailed(
            LibCuda.FunctionAttribute(out var registers, LibCuda.FunctionRegisters, function), "cuFuncGetAttribute");
        CudaException.ThrowIfFailed(
            LibCuda.FunctionAttribute(out var spilled, LibCuda.FunctionLocalBytes, function), "cuFuncGetAttribute");
        return (registers, spilled);
    }

    private nint Load(GpuSource source)
    {
        var image = Encoding.ASCII.GetBytes(GpuKernels.Ptx(source, Architecture) + '\0');
        var log = new byte[LogBytes];
        fixed (byte* text = image, errors = log)
        {
            var options = stackalloc int[] { LibCuda.ErrorLog, LibCuda.ErrorLogBytes };
            // The number stands where a pointer would.
            var values = stackalloc void*[] { errors, (void*)LogBytes };
            var status = LibCuda.LoadModule(out var module, text, 2, options, values);
            var message = Encoding.UTF8.GetString(log).TrimEnd('\0');
            CudaException.ThrowIfFailed(status, $"{source.Name} for {Architecture} on {Name}: {message}\ncuModuleLoadDataEx");
            return module;
        }
    }

    private static int Attribute(int device, int attribute)
    {
        CudaException.ThrowIfFailed(LibCuda.DeviceAttribute(out var value, attribute, device), "cuDeviceGetAttribute");
        return value;
    }

    /// <summary>The time in which a context is the thread's.</summary>
    internal readonly ref struct Current
    {
        public Current(nint context) => CudaException.ThrowIfFailed(LibCuda.PushContext(context), "cuCtxPushCurrent");

        public void Dispose() => CudaException.ThrowIfFailed(LibCuda.PopContext(out _), "cuCtxPopCurrent");
    }
}
