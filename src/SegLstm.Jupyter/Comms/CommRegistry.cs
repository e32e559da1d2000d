using System.Collections.Concurrent;

namespace SegLstm.Jupyter.Comms;

/// <summary>The comms of a kernel: the targets that C# code answers for, and the conversations that are open.</summary>
/// <example>
/// <code>
/// CommRegistry.Current.RegisterTarget("clock", (comm, first) =>
///     comm.Received += question => comm.Send(new CommMessage(new JsonObject { ["now"] = DateTime.Now.ToString("O") })));
/// </code>
/// </example>
public sealed class CommRegistry
{
    private readonly ConcurrentDictionary<string, Action<Comm, CommMessage>> _targets = new();
    private readonly ConcurrentDictionary<string, Comm> _comms = new();
    private Action<string, Comm, CommMessage>? _send;

    /// <summary>The registry of the kernel that this process is.</summary>
    public static CommRegistry Current { get; } = new();

    /// <summary>The conversations that are open.</summary>
    public IReadOnlyCollection<Comm> Comms => [.. _comms.Values];

    /// <summary>Answers for a target: front ends can open comms of this name.</summary>
    /// <param name="target">The name.</param>
    /// <param name="opened">
    /// Called with each comm that a front end opens, and what it says first; replaces an earlier one.
    /// </param>
    public void RegisterTarget(string target, Action<Comm, CommMessage> opened) => _targets[target] = opened;

    /// <summary>No longer answers for a target; comms that are open stay open.</summary>
    public void UnregisterTarget(string target) => _targets.TryRemove(target, out _);

    /// <summary>Opens a comm to the front end.</summary>
    /// <param name="target">A name that the front end answers for; where it does not, it closes the comm.</param>
    /// <param name="message">What to say first.</param>
    /// <exception cref="InvalidOperationException">No front end is there, as in a run without a browser.</exception>
    public Comm Open(string target, CommMessage? message = null)
    {
        var comm = new Comm(this, Guid.NewGuid().ToString("N"), target);
        _comms[comm.Id] = comm;
        try
        {
            Send("comm_open", comm, message ?? new CommMessage([]));
        }
        catch
        {
            Forget(comm);
            throw;
        }

        return comm;
    }

    /// <summary>Connects the registry with a front end.</summary>
    /// <param name="send">Sends a message of a type (`comm_open`, `comm_msg`, `comm_close`).</param>
    internal void Attach(Action<string, Comm, CommMessage> send) => _send = send;

    internal void Send(string type, Comm comm, CommMessage message)
    {
        Action<string, Comm, CommMessage> send = _send ?? throw new InvalidOperationException(
            $"comm '{comm.TargetName}': no front end is connected; comms work only in a kernel that a Jupyter front end started");
        send(type, comm, message);
    }

    internal bool Forget(Comm comm) => _comms.TryRemove(comm.Id, out _);

    /// <summary>A front end opens a comm; one that nobody answers for, or whose handler fails, is closed again.</summary>
    internal void OpenedByFrontEnd(string id, string target, CommMessage message)
    {
        var comm = new Comm(this, id, target);
        if (!_targets.TryGetValue(target, out Action<Comm, CommMessage>? opened))
        {
            Send("comm_close", comm, new CommMessage([]));
            return;
        }

        // One that is open already stays as it is.
        if (!_comms.TryAdd(id, comm)) return;
        try
        {
            opened(comm, message);
        }
        catch
        {
            comm.Close();
            throw;
        }
    }

    /// <summary>A front end says something; where the comm is unknown, it is told that it is closed.</summary>
    internal void Receive(string id, CommMessage message)
    {
        if (_comms.TryGetValue(id, out Comm? comm)) comm.Receive(message);
        else Send("comm_close", new Comm(this, id, ""), new CommMessage([]));
    }

    /// <summary>A front end closes a comm.</summary>
    internal void ClosedByFrontEnd(string id, CommMessage message)
    {
        if (_comms.TryRemove(id, out Comm? comm)) comm.ClosedByFrontEnd(message);
    }
}
