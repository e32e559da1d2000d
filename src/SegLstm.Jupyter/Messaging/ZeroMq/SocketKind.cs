namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Kinds of sockets, with libzmq's numbers.</summary>
internal enum SocketKind
{
    /// <summary>Receives what publishers send; for clients.</summary>
    Subscriber = 2,

    /// <summary>Sends a request, receives its reply; for clients.</summary>
    Request = 3,

    /// <summary>Receives a request, sends its reply.</summary>
    Reply = 4,

    /// <summary>Asks many times without waiting; for clients.</summary>
    Dealer = 5,

    /// <summary>Receives from many and replies to one by its identity.</summary>
    Router = 6,

    /// <summary>Publishes, and receives who subscribes.</summary>
    Publisher = 9,
}
