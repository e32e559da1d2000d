using System.Runtime.Versioning;

// The scripts under test are for Debian.
[assembly: SupportedOSPlatform("linux")]

namespace SegLstm.Tests.EndToEnd.Setup;

/// <summary>A temporary folder that can also hold programs that stand before the machine's own on PATH.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("seglstm-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Puts a bash script under <paramref name="name"/> into the folder that <see cref="Path"/> prepends.</summary>
    public void Program(string name, string body) =>
        File.SetUnixFileMode(Write("bin/" + name, "#!/bin/bash\n" + body + "\n"), (UnixFileMode)0b111_101_101);

    public string SearchPath => this["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
