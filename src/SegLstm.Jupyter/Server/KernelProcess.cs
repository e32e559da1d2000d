using System.Diagnostics;
using System.Runtime.InteropServices;
using SegLstm.Jupyter.Comms;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Messaging.ZeroMq;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Server;

/// <summary>The kernel as a process: from its connection file to its exit code.</summary>
internal static class KernelProcess
{
    private const string Usage = """
        SegLstm.Jupyter: a Jupyter kernel for C#.

        usage: SegLstm.Jupyter CONNECTION_FILE

        Jupyter starts it with the connection file that it wrote. To make Jupyter know it: seglstm kernel install
        """;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs a kernel until a front end, a signal or the end of its parent ends it.</summary>
    /// <param name="args">The words of the command line.</param>
    /// <returns>0 after a shutdown, 1 where the kernel cannot start, 2 for a wrong command line.</returns>
    public static int Run(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.Out.WriteLine(Usage);
            return 0;
        }

        if (args is not [string path] || path.StartsWith('-'))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        IgnoredInterrupts.StartAgainWithout();
        using var log = new KernelLog();
        try
        {
            return Run(ConnectionFile.Load(path), log);
        }
        catch (Exception fault) when (fault is ConnectionFileException or ZeroMqException or ZeroMqMissingException)
        {
            log.Write(fault.Message);
            return 1;
        }
    }

    private static int Run(ConnectionFile connection, KernelLog log)
    {
        var session = new NotebookSession(new SessionOptions());

        // Beside the binding of sockets, not before it: clients connect meanwhile.
        Task warm = Task.Run(session.WarmUpAsync);
        warm.ContinueWith(
            failed => log.Write($"warming up failed: {failed.Exception!.InnerException}"), TaskContinuationOptions.OnlyOnFaulted);
        using var server = new KernelServer(connection, session, CommRegistry.Current, log);
        using PosixSignalRegistration
            interrupts = On(PosixSignal.SIGINT, server.Interrupt),
            terminations = On(PosixSignal.SIGTERM, server.Stop),
            hangUps = On(PosixSignal.SIGHUP, server.Stop);
        ParentWatch.Start(Environment.GetEnvironmentVariable(ParentWatch.Variable), () =>
        {
            log.Write("the process that started this kernel has ended, and so does the kernel");
            server.Stop();
        });
        server.Start();
        server.Stopped.GetAwaiter().GetResult();
        EndWithin(ExitPatience);
        server.Dispose();

        // A cell that did not stop still uses the session; it ends with the process.
        if (!server.IsBusy) session.Dispose();
        return 0;
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action action) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            action();
        });

    /// <summary>Ends the process even where a cell's native code or its finalizers hold it up: nobody else might.</summary>
    private static void EndWithin(TimeSpan patience) => new Thread(() =>
    {
        Thread.Sleep(patience);
        Process.GetCurrentProcess().Kill();
    })
    {
        Name = "last resort", IsBackground = true,
    }.Start();
}
