using System.Diagnostics;
using System.Reflection;

namespace SegLstm.Cli;

/// <summary>Starts this program again.</summary>
internal static class ThisProgram
{
    /// <summary>Its own file, or dotnet with its library; arguments are still to be added.</summary>
    public static ProcessStartInfo Start()
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(program, isHost ? [Assembly.GetEntryAssembly()!.Location] : []);
    }
}
