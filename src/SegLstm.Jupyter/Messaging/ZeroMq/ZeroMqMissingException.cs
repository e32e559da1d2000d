namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>libzmq is not installed; the message says how to get it.</summary>
internal sealed class ZeroMqMissingException(Exception cause) : IOException(
    "libzmq.so.5 (ZeroMQ) was not found, and Jupyter kernels talk through it. On Debian and Ubuntu: apt-get install libzmq5",
    cause);
