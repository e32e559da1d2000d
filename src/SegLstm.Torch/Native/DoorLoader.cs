using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace SegLstm.Torch.Native;

/// <summary>Finds the native door, loads it, and shakes hands before the first call goes through.</summary>
internal static unsafe class DoorLoader
{
    private const string FileName = "libseglstm_torch.so";
    private static readonly Lock Gate = new();
    private static nint _library;

    /// <summary>The version of the libtorch that the door was built against, for example <c>1.13.1</c>.</summary>
    internal static string TorchVersion { get; private set; } = "";

    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "seglstm_torch") return nint.Zero;
        lock (Gate)
        {
            if (_library == nint.Zero) _library = Load(assembly);
            return _library;
        }
    }

    /// <summary>Loads the door if nothing has yet.</summary>
    internal static void EnsureLoaded() => Resolve("seglstm_torch", typeof(DoorLoader).Assembly, null);

    private static nint Load(Assembly assembly)
    {
        BlasKernels.Choose();
        OperatorThreads.SleepWithoutWork();
        NativeHeap.KeepFreed();
        var searched = new StringBuilder();
        foreach (string folder in Folders(assembly))
        {
            string file = Path.Combine(folder, FileName);
            if (!File.Exists(file))
            {
                searched.Append($"\n  {file}: no such file");
                continue;
            }
            try
            {
                nint library = NativeLibrary.Load(file);
                ShakeHands(library, file);
                return library;
            }
            catch (DllNotFoundException error)
            {
                searched.Append($"\n  {file}: {FirstLine(error.Message)}");
            }
        }
        throw new DllNotFoundException(
            "The native door to libtorch could not be loaded. Searched:" + searched +
            "\nBuild it with: bash environment/setup.sh (for another libtorch: LIBTORCH=/its/folder bash environment/setup.sh).");
    }

    // Beside the managed DLL, because notebook hosts load native libraries from there.
    private static IEnumerable<string> Folders(Assembly assembly) =>
        new[] { Path.GetDirectoryName(assembly.Location), AppContext.BaseDirectory.TrimEnd('/') }
            .OfType<string>().Where(folder => folder.Length > 0).Distinct();

    private static void ShakeHands(nint library, string file)
    {
        if (!NativeLibrary.TryGetExport(library, "door_open", out nint export))
            throw new DllNotFoundException($"{file} has no door_open: it is not this project's door. Run: bash environment/setup.sh");
        int version = 0;
        byte* torch = null;
        ((delegate* unmanaged[Cdecl]<int*, byte**, int>)export)(&version, &torch);
        if (version != Door.Version)
            throw new DllNotFoundException(
                $"{file} is door version {version}, this SegLstm.Torch.dll needs version {Door.Version}. Run: bash environment/setup.sh");
        TorchVersion = Marshal.PtrToStringUTF8((nint)torch) ?? "";
        if (!OperatorThreads.AreChosen && NativeLibrary.TryGetExport(library, "door_set_threads", out nint setThreads))
            ((delegate* unmanaged[Cdecl]<int, int>)setThreads)(OperatorThreads.Cores());
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
