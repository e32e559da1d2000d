using SegLstm.Jupyter.Comms;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Server;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>A kernel in this process, with a real session behind real sockets, and clients of it.</summary>
internal sealed class RunningKernel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kernel");
    private readonly List<KernelClient> _clients = [];
    private readonly NotebookSession _session = new(new SessionOptions());

    public RunningKernel(string key = "a key of this test")
    {
        Connection = new ConnectionFile
        {
            Transport = "ipc", Ip = Path.Combine(_folder.FullName, "k"), Key = key,
            ShellPort = 1, ControlPort = 2, IoPubPort = 3, StdinPort = 4, HeartbeatPort = 5,
        };
        Log = new KernelLog(LogText);
        Server = new KernelServer(Connection, _session, Comms, Log);
        Server.Start();
    }

    public ConnectionFile Connection { get; }

    public CommRegistry Comms { get; } = new();

    public StringWriter LogText { get; } = new();

    public KernelLog Log { get; }

    public KernelServer Server { get; }

    /// <summary>A client that hears iopub already.</summary>
    public KernelClient Client(string topic = "")
    {
        var client = new KernelClient(Connection, topic);
        _clients.Add(client);
        Assert.Equal("iopub_welcome", KernelClient.Receive(client.IoPub).Type);
        return client;
    }

    public void Dispose()
    {
        foreach (KernelClient client in _clients) client.Dispose();
        Server.Dispose();
        _session.Dispose();
        Log.Dispose();
        _folder.Delete(recursive: true);
    }
}
