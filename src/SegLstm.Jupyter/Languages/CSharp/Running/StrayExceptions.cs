using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>Exceptions of cells that nobody waits for: `async void`, timers, work given to the thread pool.</summary>
/// <remarks>
/// .NET would end the process, and with it the session. They are told on stderr instead; the kernel's own still end it.
/// </remarks>
internal static class StrayExceptions
{
    private static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(IsUsers);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The process has a handler already (a test runner): there can be only one.
            return false;
        }
    });

    /// <summary>Keeps them from ending the process.</summary>
    public static bool Catch() => Installed.Value;

    private static bool IsUsers(Exception error)
    {
        var users = new StackTrace(error).GetFrames().Any(frame => frame.GetMethod() is { } method &&
            AssemblyLoadContext.GetLoadContext(method.Module.Assembly) is SubmissionContext);
        if (users)
        {
            var text = $"{error.GetType().Name}: {error.Message} (in work that no cell waits for)\n";
            if (CellScope.Current is { } scope)
            {
                scope.Output.Write(OutputStream.Stderr, text);
            }
            else
            {
                Console.Error.Write(text);
            }
        }

        return users;
    }
}
