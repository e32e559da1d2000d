using System.Reflection;
using SegLstm.Workbook.Formatters;

namespace SegLstm.Workbook.Display;

/// <summary>
/// An output of a notebook cell that can be replaced later, through whichever notebook host runs this process. Hosts share the
/// names `Microsoft.DotNet.Interactive.Kernel.display` and `DisplayedValue.Update`, but no assembly: they are found by name.
/// </summary>
internal sealed class HostDisplay
{
    private readonly object _displayed;
    private readonly MethodInfo _update;

    private HostDisplay(object displayed, MethodInfo update) => (_displayed, _update) = (displayed, update);

    /// <summary>Shows a value in the running cell.</summary>
    /// <returns>Null where no host, or no running cell, shows anything.</returns>
    internal static HostDisplay? Show(object value)
    {
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            MethodInfo? display = assembly.GetType("Microsoft.DotNet.Interactive.Kernel")?.GetMethod(
                "display", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]);
            if (display is null) continue;
            try
            {
                NotebookFormatters.Register();
                object? displayed = display.Invoke(null, [value, Array.Empty<string>()]);
                MethodInfo? update = displayed?.GetType().GetMethod("Update", [typeof(object)]);
                if (update is not null) return new HostDisplay(displayed!, update);
            }
            catch (TargetInvocationException)
            {
                // A host is loaded, but no cell is running in it.
            }
        }

        return null;
    }

    /// <summary>Replaces what is shown, where the host still takes it.</summary>
    internal void Update(object value)
    {
        try
        {
            _update.Invoke(_displayed, [value]);
        }
        catch (TargetInvocationException)
        {
            // The work goes on, whether or not anybody sees it.
        }
    }
}
