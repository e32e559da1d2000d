using System.Collections.Concurrent;
using System.Text;

namespace SegLstm.Kernels.Gpu.OpenCl;

/// <summary>A device of OpenCL, with its context and its built programs.</summary>
internal sealed unsafe class OpenClDevice : IGpu
{
    private const string Remedy =
        "No OpenCL device: install pocl-opencl-icd and ocl-icd-libopencl1 (OpenCL on the CPU), or a GPU's driver with OpenCL.";

    private static readonly Lazy<OpenClDevice> First = new(() => new OpenClDevice(Devices()[0]));

    private readonly nint device;
    private readonly ContextHandle context;
    private readonly ConcurrentDictionary<string, Lazy<ProgramHandle>> programs = new();

    private OpenClDevice(nint device)
    {
        this.device = device;
        Name = DeviceName(device);
        context = LibOpenCl.CreateContext(0, 1, device, 0, 0, out var status);
        OpenClException.ThrowIfFailed(status, $"clCreateContext on {Name}");
    }

    /// <summary>The first device: GPUs stand before CPUs.</summary>
    /// <exception cref="OpenClException">There is none; the message says what to install.</exception>
    public static OpenClDevice Default => First.Value;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IGpuRun Begin()
    {
        var queue = LibOpenCl.CreateQueue(context, device, 0, out var status);
        OpenClException.ThrowIfFailed(status, $"clCreateCommandQueue on {Name}");
        return new OpenClRun(this, context, queue);
    }

    /// <summary>A kernel of a file, which is built when it is first asked for.</summary>
    /// <exception cref="OpenClException">It does not compile; the message is the compiler's.</exception>
    public KernelHandle Kernel(GpuSource source, string name)
    {
        var program = programs.GetOrAdd(source.Name, _ => new(() => Build(source.OpenCl, source.Name))).Value;
        return Kernel(program, name);
    }

    /// <summary>A kernel of a program.</summary>
    /// <exception cref="OpenClException">The program has no such kernel.</exception>
    public static KernelHandle Kernel(ProgramHandle program, string name)
    {
        var kernel = LibOpenCl.CreateKernel(program, name, out var status);
        OpenClException.ThrowIfFailed(status, $"clCreateKernel({name})");
        return kernel;
    }

    /// <summary>Compiles a source.</summary>
    /// <exception cref="OpenClException">It does not compile; the message is the compiler's.</exception>
    public ProgramHandle Build(string text, string name)
    {
        var program = LibOpenCl.CreateProgram(context, 1, [text], 0, out var status);
        OpenClException.ThrowIfFailed(status, "clCreateProgramWithSource");
        status = LibOpenCl.BuildProgram(program, 1, device, Options, 0, 0);
        if (status != LibOpenCl.Success)
        {
            var log = Log(program);
            program.Dispose();
            throw new OpenClException($"{name} does not compile on {Name} (OpenCL error {status}):\n{log}", status);
        }

        return program;
    }

    private string Options =>
        (DeviceType(device) & LibOpenCl.Processor) != 0 ? "-cl-std=CL1.2 -DFOR_PROCESSOR" : "-cl-std=CL1.2";

    /// <summary>Threads that a group of a kernel may have.</summary>
    public int LargestGroup(KernelHandle kernel)
    {
        nuint largest = 0;
        var status = LibOpenCl.GetWorkGroupInfo(
            kernel, device, LibOpenCl.WorkGroupSize, (nuint)sizeof(nuint), &largest, out _);
        OpenClException.ThrowIfFailed(status, "clGetKernelWorkGroupInfo");
        return (int)largest;
    }

    private string Log(ProgramHandle program)
    {
        if (LibOpenCl.GetBuildInfo(program, device, LibOpenCl.BuildLog, 0, null, out var size) != LibOpenCl.Success || size == 0)
        {
            return "(no log)";
        }

        var log = new byte[size];
        fixed (byte* pointer = log)
        {
            var status = LibOpenCl.GetBuildInfo(program, device, LibOpenCl.BuildLog, size, pointer, out _);
            OpenClException.ThrowIfFailed(status, "clGetProgramBuildInfo");
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0', '\n');
    }

    /// <summary>All devices of all platforms, GPUs first.</summary>
    private static List<nint> Devices()
    {
        var found = new List<(nint Device, ulong Type)>();
        foreach (var platform in Platforms())
        {
            var status = LibOpenCl.GetDevices(platform, LibOpenCl.DeviceTypeAll, 0, null, out var count);
            if (status == LibOpenCl.DeviceNotFound)
            {
                continue;
            }

            OpenClException.ThrowIfFailed(status, "clGetDeviceIDs");
            var devices = new nint[count];
            fixed (nint* pointer = devices)
            {
                OpenClException.ThrowIfFailed(
                    LibOpenCl.GetDevices(platform, LibOpenCl.DeviceTypeAll, count, pointer, out _), "clGetDeviceIDs");
            }

            found.AddRange(devices.Select(device => (device, DeviceType(device))));
        }

        return found.Count == 0
            ? throw new OpenClException(Remedy)
            : [.. found.OrderByDescending(pair => pair.Type & LibOpenCl.Gpu).Select(pair => pair.Device)];
    }

    private static nint[] Platforms()
    {
        try
        {
            var status = LibOpenCl.GetPlatforms(0, null, out var count);
            if (status == LibOpenCl.PlatformNotFound || count == 0)
            {
                return [];
            }

            OpenClException.ThrowIfFailed(status, "clGetPlatformIDs");
            var platforms = new nint[count];
            fixed (nint* pointer = platforms)
            {
                OpenClException.ThrowIfFailed(LibOpenCl.GetPlatforms(count, pointer, out _), "clGetPlatformIDs");
            }

            return platforms;
        }
        catch (DllNotFoundException)
        {
            return [];
        }
    }

    private static ulong DeviceType(nint device)
    {
        ulong type = 0;
        OpenClException.ThrowIfFailed(
            LibOpenCl.GetDeviceInfo(device, LibOpenCl.DeviceType, sizeof(ulong), &type, out _), "clGetDeviceInfo");
        return type;
    }

    private static string DeviceName(nint device)
    {
        var name = stackalloc byte[256];
        OpenClException.ThrowIfFailed(
            LibOpenCl.GetDeviceInfo(device, LibOpenCl.DeviceName, 256, name, out var size), "clGetDeviceInfo");
        return Encoding.UTF8.GetString(name, (int)size).TrimEnd('\0');
    }
}
