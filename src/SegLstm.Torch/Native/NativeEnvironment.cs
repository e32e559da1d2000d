using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>The environment variables that native libraries read when they are loaded; .NET's are a copy.</summary>
internal static unsafe partial class NativeEnvironment
{
    /// <summary>A variable; null where it is not set.</summary>
    internal static string? Get(string name) => Marshal.PtrToStringUTF8((nint)Pointer(name));

    /// <summary>Sets a variable unless the user has.</summary>
    internal static void SetDefault(string name, string value) => _ = Set(name, value, overwrite: 0);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* Pointer(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);
}
