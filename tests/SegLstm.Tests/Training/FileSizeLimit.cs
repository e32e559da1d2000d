using System.Runtime.InteropServices;

namespace SegLstm.Tests.Training;

/// <summary>Lets no file of this process grow beyond a size, as a full disk would, until it is disposed.</summary>
internal sealed partial class FileSizeLimit : IDisposable
{
    // Numbers of Linux on x86-64 and Arm64.
    private const int FileSize = 1, TooLarge = 25;
    private const nint Ignore = 1;

    private readonly Limits _before;
    private readonly nint _handler;

    public FileSizeLimit(ulong bytes)
    {
        // Without a handler the signal would end the process; ignored, the write fails with EFBIG.
        _handler = Signal(TooLarge, Ignore);
        Assert.Equal(0, GetLimits(FileSize, out _before));
        Assert.Equal(0, SetLimits(FileSize, _before with { Soft = bytes }));
    }

    public void Dispose()
    {
        Assert.Equal(0, SetLimits(FileSize, _before));
        Signal(TooLarge, _handler);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimits(int resource, out Limits limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimits(int resource, in Limits limits);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    private record struct Limits(ulong Soft, ulong Hard);
}
