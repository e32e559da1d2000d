using System.Text.Json.Nodes;
using SegLstm.Jupyter.Comms;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Messaging.ZeroMq;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// A kernel: listens where a connection file says, and answers what front ends ask. shell requests wait for each other; control
/// has its own thread, so that an interrupt and a shutdown are answered while a cell runs.
/// </summary>
/// <remarks>Source: the Jupyter messaging protocol, version 5.5.</remarks>
internal sealed class KernelServer : IDisposable
{
    /// <summary>After this long, a cell that was interrupted and still runs is reported.</summary>
    internal static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2), CellPatience = TimeSpan.FromSeconds(1);

    private readonly RunningRequest _running = new();
    private readonly InputRequests _input = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ZeroMqContext _context = new();
    private readonly PublisherChannel _publisher = null!;
    private readonly RouterChannel _shell = null!, _control = null!, _stdin = null!;
    private readonly HeartbeatChannel _heartbeat = null!;
    private readonly RequestDispatcher _controlRequests;
    private readonly ShellQueue _queue;
    private int _disposed;

    /// <summary>Listens; what arrives is answered once the kernel is started.</summary>
    /// <param name="connection">Where to listen.</param>
    /// <param name="session">Runs the cells; not disposed of.</param>
    /// <param name="comms">The comms of C# code.</param>
    /// <param name="log">Hears of what goes wrong.</param>
    /// <exception cref="ZeroMqMissingException">libzmq is not installed.</exception>
    /// <exception cref="ZeroMqException">An address cannot be listened at.</exception>
    public KernelServer(ConnectionFile connection, NotebookSession session, CommRegistry comms, KernelLog log)
    {
        var codec = new WireCodec(connection.Key);
        try
        {
            _publisher = new PublisherChannel(_context, connection.Endpoint(connection.IoPubPort), codec, log);
            _shell = Router("shell", connection.ShellPort, ReceiveShell);
            _control = Router("control", connection.ControlPort, (source, message) =>
                _controlRequests!.Handle(source, message, CancellationToken.None));
            _stdin = Router("stdin", connection.StdinPort, (_, message) => _input.Receive(message));
            _heartbeat = new HeartbeatChannel(_context, connection.Endpoint(connection.HeartbeatPort), log);
        }
        catch
        {
            CloseChannels();
            throw;
        }

        _input.Channel = _stdin;
        var commService = new CommService(comms, _publisher);
        var history = new History();
        var historyService = new HistoryService(history);
        var language = new LanguageService(session, log);
        var cells = new CellRunner(session, _publisher, _input, history, _running, log);
        var shellRequests = new RequestDispatcher(
            "shell",
            new Dictionary<string, Func<IncomingMessage, CancellationToken, Reply?>>
            {
                ["kernel_info_request"] = (_, _) => KernelInfo.Describe(),
                ["execute_request"] = (message, interrupt) => cells.Run(message, interrupt, _queue!.AbortCells),
                ["complete_request"] = language.Complete,
                ["inspect_request"] = language.Inspect,
                ["is_complete_request"] = (message, _) => language.IsComplete(message),
                ["history_request"] = (message, _) => historyService.Find(message),
                ["comm_info_request"] = (message, _) => commService.Info(message),
                ["comm_open"] = (message, _) => Nothing(() => commService.Open(message)),
                ["comm_msg"] = (message, _) => Nothing(() => commService.Receive(message)),
                ["comm_close"] = (message, _) => Nothing(() => commService.Close(message)),
            },
            _publisher,
            log);
        _controlRequests = new RequestDispatcher(
            "control",
            new Dictionary<string, Func<IncomingMessage, CancellationToken, Reply?>>
            {
                ["kernel_info_request"] = (_, _) => KernelInfo.Describe(),
                ["interrupt_request"] = (_, _) => Interrupted(),
                ["shutdown_request"] = (message, _) => ShutDown(message),
            },
            _publisher,
            log);
        _queue = new ShellQueue(shellRequests, _running, commService.Serve);

        RouterChannel Router(string name, int port, Action<RouterChannel, IncomingMessage> received) =>
            new(name, _context, connection.Endpoint(port), codec, received, log);
    }

    /// <summary>Completes when a front end asked the kernel to end, or <see cref="Stop"/> did.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Whether a request is being worked on.</summary>
    public bool IsBusy => _running.IsActive;

    /// <summary>Begins to answer.</summary>
    public void Start()
    {
        _publisher.Start();
        _heartbeat.Start();
        _stdin.Start();
        _queue.Start();
        _control.Start();
        _shell.Start();
    }

    /// <summary>Asks the running cell to stop. One that cannot be stopped is told of on its standard error.</summary>
    public void Interrupt()
    {
        if (_running.Interrupt() is not { } stillRunning) return;
        _control.After(InterruptPatience, () => stillRunning()?.Remark(
            $"The cell was asked to stop {InterruptPatience.TotalSeconds:0} seconds ago and still runs: it cannot be stopped "
            + "where it is now, in native code or in a library that does not look whether it should stop. It will stop when it "
            + "comes back from there. Restarting the kernel stops it at once, and loses the variables.\n"));
    }

    /// <summary>Ends the kernel, as a shutdown request does.</summary>
    public void Stop() => _stopped.TrySetResult();

    /// <summary>Interrupts what runs, sends the last answers and closes the sockets; takes a few seconds at most.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _running.Interrupt();
        _queue.Stop(CellPatience);
        CloseChannels();
        _stopped.TrySetResult();
    }

    private static Reply? Nothing(Action action)
    {
        action();
        return null;
    }

    private void ReceiveShell(RouterChannel source, IncomingMessage message)
    {
        // Old clients send this on shell; behind a cell that never ends it would never be read.
        if (message.Header.Type == "shutdown_request") _controlRequests.Handle(source, message, CancellationToken.None);
        else _queue.Add(source, message);
    }

    private Reply Interrupted()
    {
        Interrupt();
        return new Reply("interrupt_reply", new JsonObject { ["status"] = "ok" });
    }

    private Reply ShutDown(IncomingMessage request)
    {
        bool restart = new RequestFields(request.Header.Type, request.Content).Flag("restart", missing: false);
        var content = new JsonObject { ["status"] = "ok", ["restart"] = restart };
        _publisher.Publish(new OutgoingMessage("shutdown_reply", (JsonObject)content.DeepClone()) { Parent = request.Header });
        return new Reply("shutdown_reply", content) { Afterwards = Stop };
    }

    private void CloseChannels()
    {
        _shell?.Dispose();
        _control?.Dispose();
        _stdin?.Dispose();
        _heartbeat?.Dispose();
        _publisher?.Dispose();
        Task.WaitAll(
            [.. new[] { _shell?.Ended, _control?.Ended, _stdin?.Ended, _heartbeat?.Ended, _publisher?.Ended }.OfType<Task>()],
            ClosePatience);
        _context.Dispose();
    }
}
