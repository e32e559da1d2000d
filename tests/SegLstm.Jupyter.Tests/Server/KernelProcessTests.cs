using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>The kernel as Jupyter starts and ends it: a process of its own.</summary>
public sealed partial class KernelProcessTests : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kernel-process");
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_kernel_over_tcp_runs_cells_and_ends_cleanly_when_asked_to()
    {
        (Process process, KernelClient client) = StartKernel();
        using (client)
        {
            Assert.Equal("ok", client.Run("1 + 1").Reply.Text("status"));
            Assert.Equal("ok", client.Ask(client.Control, "shutdown_request").Text("status"));
            Assert.True(process.WaitForExit(10_000));
            Assert.Equal(0, process.ExitCode);
        }
    }

    // What a shell starts in the background, such as `nohup jupyter lab &`, ignores the signal, and so would its kernels.
    [Theory, InlineData(false), InlineData(true)]
    public void An_interrupt_signal_stops_the_cell_and_not_the_kernel(bool inBackground)
    {
        (Process process, KernelClient client) = StartKernel(inBackground: inBackground);
        using (client)
        {
            client.Run("int kept = 5;");
            string id = client.Execute("while (true) { }");
            client.Publishes(message => message.ParentId == id && message.Type == "execute_input");
            Thread.Sleep(500);
            Signal(process, Interrupt);
            Assert.Equal("KeyboardInterrupt", KernelClient.Receive(client.Shell).Text("ename"));

            // One that comes while nothing runs stops nothing; it must have come before the next cell begins.
            Signal(process, Interrupt);
            Thread.Sleep(1000);
            Assert.Equal("ok", client.Run("kept").Reply.Text("status"));
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("while (true) { }")]
    [InlineData("new System.Threading.Thread(() => { while (true) { } }).Start();")]
    [InlineData("new System.Threading.Semaphore(0, 1).WaitOne();")]
    public void A_termination_signal_ends_the_process_whatever_the_cell_does(string code)
    {
        (Process process, KernelClient client) = StartKernel();
        using (client)
        {
            string id = client.Execute(code);
            client.Publishes(message => message.ParentId == id && message.Type == "execute_input");
            Thread.Sleep(300);
            Signal(process, Terminate);
            Assert.True(process.WaitForExit(10_000), "the process still runs");
            Assert.Equal(0, process.ExitCode);
        }
    }

    [Fact]
    public void A_kernel_ends_when_the_process_that_started_it_has_ended()
    {
        using Process parent = Process.Start("sleep", "60");
        (Process process, KernelClient client) = StartKernel(parent.Id);
        using (client)
        {
            client.Run("1");
            parent.Kill();
            Assert.True(process.WaitForExit(10_000), "the process still runs");
        }
    }

    [Theory]
    [InlineData("/nowhere/kernel.json", 1, "connection file /nowhere/kernel.json cannot be read")]
    [InlineData("--nonsense", 2, "usage: SegLstm.Jupyter CONNECTION_FILE")]
    public void A_kernel_that_cannot_start_says_why(string argument, int code, string message)
    {
        Process process = Start(argument, parent: null);
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(10_000));
        Assert.Equal(code, process.ExitCode);
        Assert.Contains(message, error);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        ConnectionFile connection = Connection(out string path);
        using var taken = new TcpListener(IPAddress.Loopback, connection.ControlPort);
        taken.Start();
        Process process = Start(path, parent: null);
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(10_000));
        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"cannot listen at tcp://127.0.0.1:{connection.ControlPort}: Address already in use", error);
    }

    private (Process Process, KernelClient Client) StartKernel(int? parent = null, bool inBackground = false)
    {
        ConnectionFile connection = Connection(out string path);
        Process process = Start(path, parent, inBackground);
        var client = new KernelClient(connection);
        Assert.Equal("iopub_welcome", KernelClient.Receive(client.IoPub).Type);
        return (process, client);
    }

    private Process Start(string argument, int? parent, bool inBackground = false)
    {
        string library = typeof(KernelServer).Assembly.Location;
        string trap = inBackground ? "trap '' INT; " : "";
        var start = new ProcessStartInfo("sh", ["-c", trap + "exec \"$@\"", "sh", "dotnet", library, argument])
        {
            RedirectStandardError = true,
        };
        start.Environment.Remove(ParentWatch.Variable);
        if (parent is not null) start.Environment[ParentWatch.Variable] = $"{parent}";
        Process process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    private ConnectionFile Connection(out string path)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        path = Path.Combine(_folder.FullName, "kernel.json");
        File.WriteAllText(path, new JsonObject
        {
            ["shell_port"] = ports[0], ["control_port"] = ports[1], ["iopub_port"] = ports[2], ["stdin_port"] = ports[3],
            ["hb_port"] = ports[4], ["ip"] = "127.0.0.1", ["transport"] = "tcp", ["key"] = "key",
            ["signature_scheme"] = "hmac-sha256",
        }.ToJsonString());
        return ConnectionFile.Load(path);
    }

    private static void Signal(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
