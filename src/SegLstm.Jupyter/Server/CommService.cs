using System.Text.Json.Nodes;
using SegLstm.Jupyter.Comms;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>Carries comm messages between front ends and the registry, and answers comm_info_request.</summary>
internal sealed class CommService
{
    private readonly CommRegistry _registry;
    private readonly PublisherChannel _publisher;
    private volatile MessageHeader? _parent;

    /// <summary>Connects a registry with the front ends.</summary>
    public CommService(CommRegistry registry, PublisherChannel publisher)
    {
        _registry = registry;
        _publisher = publisher;
        registry.Attach(Send);
    }

    /// <summary>Notes which request comm messages of C# code belong to from now on.</summary>
    public void Serve(MessageHeader request) => _parent = request;

    /// <summary>A front end opens a comm.</summary>
    public void Open(IncomingMessage message) => Handle(message, (id, fields, data) =>
        _registry.OpenedByFrontEnd(id, fields.Text("target_name"), data));

    /// <summary>A front end says something.</summary>
    public void Receive(IncomingMessage message) => Handle(message, (id, _, data) => _registry.Receive(id, data));

    /// <summary>A front end closes a comm.</summary>
    public void Close(IncomingMessage message) => Handle(message, (id, _, data) => _registry.ClosedByFrontEnd(id, data));

    /// <summary>The comms that are open, of one target or of all.</summary>
    public Reply Info(IncomingMessage request)
    {
        string? target = new RequestFields(request.Header.Type, request.Content).OptionalText("target_name");
        var comms = new JsonObject(_registry.Comms
            .Where(comm => target is null || comm.TargetName == target)
            .Select(comm => KeyValuePair.Create(comm.Id, (JsonNode?)new JsonObject { ["target_name"] = comm.TargetName })));
        return new Reply("comm_info_reply", new JsonObject { ["status"] = "ok", ["comms"] = comms });
    }

    private void Handle(IncomingMessage message, Action<string, RequestFields, CommMessage> handle)
    {
        var fields = new RequestFields(message.Header.Type, message.Content);
        var data = new CommMessage(fields.Object("data")) { Metadata = message.Metadata, Buffers = message.Buffers };
        string id = fields.Text("comm_id");
        try
        {
            handle(id, fields, data);
        }
        catch (Exception fault) when (fault is not InvalidRequestException)
        {
            // The user's handler failed: the front end shows why, and the kernel goes on.
            var text = new JsonObject { ["name"] = "stderr", ["text"] = $"A comm's handler failed: {fault}\n" };
            _publisher.Publish(new OutgoingMessage("stream", text) { Parent = message.Header });
        }
    }

    private void Send(string type, Comm comm, CommMessage message)
    {
        var content = new JsonObject { ["comm_id"] = comm.Id, ["data"] = message.Data.DeepClone() };
        if (type == "comm_open") content["target_name"] = comm.TargetName;
        _publisher.Publish(new OutgoingMessage(type, content)
        {
            Parent = _parent, Metadata = (JsonObject)message.Metadata.DeepClone(), Buffers = message.Buffers,
        });
    }
}
