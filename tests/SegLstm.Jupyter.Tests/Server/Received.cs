using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>A message that the kernel sent.</summary>
internal sealed record Received(
    string Type, string ParentId, JsonObject Content, JsonObject Metadata, IReadOnlyList<byte[]> Buffers)
{
    public string Topic { get; init; } = "";

    public string Id { get; init; } = "";

    public DateTime At { get; } = DateTime.UtcNow;

    public string Text(string name) => Content[name]!.GetValue<string>();

    public int Number(string name) => Content[name]!.GetValue<int>();

    public override string ToString() => $"{Type} {Content.ToJsonString()}";
}
