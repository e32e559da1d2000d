namespace SegLstm.Cli;

/// <summary>How to start this very command again, and whether others are installed.</summary>
internal static class OwnCommand
{
    /// <summary>The words that start `seglstm`: the runtime and the library, or the program where it is one of its own.</summary>
    public static IReadOnlyList<string> Words
    {
        get
        {
            string library = Path.Combine(AppContext.BaseDirectory, typeof(OwnCommand).Assembly.GetName().Name + ".dll");
            string program = Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, library] : [program];
        }
    }

    /// <summary>Whether a program is found by its name.</summary>
    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
