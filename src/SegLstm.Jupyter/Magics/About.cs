using System.Reflection;
using System.Runtime.InteropServices;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Magics;

/// <summary>What this kernel is and runs on.</summary>
internal static class About
{
    /// <summary>Version, runtime, place and languages.</summary>
    public static MimeBundle Bundle(LanguageSet languages)
    {
        var assembly = typeof(About).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var system = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})";
        return MimeBundle.Plain($"""
            SegLstm.Jupyter {version}: a Jupyter kernel for C#
            Runtime    {RuntimeInformation.FrameworkDescription} on {system}
            Program    {AppContext.BaseDirectory}
            Process    {Environment.ProcessId}, {Environment.ProcessorCount} processors
            Languages  {string.Join(", ", languages.Names)}
            """);
    }
}
