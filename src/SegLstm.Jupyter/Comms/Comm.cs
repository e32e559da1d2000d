namespace SegLstm.Jupyter.Comms;

/// <summary>A conversation with a front end beside the cells, as widgets use it. Safe to share between threads.</summary>
public sealed class Comm
{
    private readonly CommRegistry _registry;

    internal Comm(CommRegistry registry, string id, string target)
    {
        _registry = registry;
        Id = id;
        TargetName = target;
    }

    /// <summary>Its name, unique in the session.</summary>
    public string Id { get; }

    /// <summary>What it is about: the name that both sides know.</summary>
    public string TargetName { get; }

    /// <summary>Whether it has been closed, by either side.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The front end says something.</summary>
    public event Action<CommMessage>? Received;

    /// <summary>The front end closed the conversation.</summary>
    public event Action<CommMessage>? Closed;

    /// <summary>Says something to the front end.</summary>
    /// <exception cref="InvalidOperationException">The comm is closed.</exception>
    public void Send(CommMessage message)
    {
        if (IsClosed) throw new InvalidOperationException($"comm {Id} ({TargetName}) is closed: open another one");
        _registry.Send("comm_msg", this, message);
    }

    /// <summary>Ends the conversation; nothing where it has ended.</summary>
    /// <param name="message">A last word.</param>
    public void Close(CommMessage? message = null)
    {
        if (!_registry.Forget(this)) return;
        IsClosed = true;
        _registry.Send("comm_close", this, message ?? new CommMessage([]));
    }

    internal void Receive(CommMessage message) => Received?.Invoke(message);

    internal void ClosedByFrontEnd(CommMessage message)
    {
        IsClosed = true;
        Closed?.Invoke(message);
    }
}
