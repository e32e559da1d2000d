namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Options of sockets, with libzmq's numbers.</summary>
internal enum SocketOption
{
    /// <summary>The identity that a ROUTER sees.</summary>
    Identity = 5,

    /// <summary>Adds a subscription.</summary>
    Subscribe = 6,

    /// <summary>Removes a subscription.</summary>
    Unsubscribe = 7,

    /// <summary>Milliseconds that closing waits for unsent messages.</summary>
    Linger = 17,

    /// <summary>The largest frame in bytes; a peer that sends a larger one is disconnected before memory is taken.</summary>
    MaximumFrame = 22,

    /// <summary>Messages kept for a slow peer before further ones are dropped.</summary>
    SendHighWater = 23,

    /// <summary>A peer that comes back with its old identity takes the old one's place.</summary>
    RouterHandover = 56,

    /// <summary>Subscriptions take effect when the publisher says so.</summary>
    ManualSubscriptions = 71,
}
