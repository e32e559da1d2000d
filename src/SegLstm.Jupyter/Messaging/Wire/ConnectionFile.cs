using System.Text.Json;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>What a front end tells a kernel in the connection file: where to listen, and the key of its messages.</summary>
internal sealed record ConnectionFile
{
    /// <summary>`tcp` or `ipc`.</summary>
    public required string Transport { get; init; }

    /// <summary>The address of a network interface or `*`; for ipc, the path that socket files begin with.</summary>
    public required string Ip { get; init; }

    /// <summary>The key that messages are signed with; empty where they are not.</summary>
    public required string Key { get; init; }

    /// <summary>The port of requests.</summary>
    public required int ShellPort { get; init; }

    /// <summary>The port of requests that do not wait behind a running cell.</summary>
    public required int ControlPort { get; init; }

    /// <summary>The port of outputs.</summary>
    public required int IoPubPort { get; init; }

    /// <summary>The port of questions to the person at the front end.</summary>
    public required int StdinPort { get; init; }

    /// <summary>The port that shows that the process lives.</summary>
    public required int HeartbeatPort { get; init; }

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="ConnectionFileException">It is missing or not a connection file; the message says what is
    /// wrong.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception fault) when (fault is IOException and not ConnectionFileException or UnauthorizedAccessException)
        {
            throw new ConnectionFileException(path, $"cannot be read ({fault.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Reads the content of a connection file.</summary>
    /// <param name="json">The content.</param>
    /// <param name="path">Where it is from, for messages.</param>
    /// <exception cref="ConnectionFileException">It is not a connection file; the message says what is wrong.</exception>
    public static ConnectionFile Parse(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, path);
        }
        catch (JsonException fault)
        {
            throw new ConnectionFileException(path, $"is not JSON ({fault.Message})");
        }
    }

    /// <summary>The address of a port, as ZeroMQ writes it.</summary>
    public string Endpoint(int port) => Transport == "ipc" ? $"ipc://{Ip}-{port}" : $"tcp://{Bracketed}:{port}";

    private string Bracketed => Ip.Contains(':') && !Ip.StartsWith('[') ? $"[{Ip}]" : Ip;

    private static ConnectionFile Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ConnectionFileException(path, "is not a JSON object");
        string transport = Text("transport", "tcp"), scheme = Text("signature_scheme", "hmac-sha256");
        if (transport is not ("tcp" or "ipc"))
        {
            throw new ConnectionFileException(path, $"asks for transport '{transport}': expected tcp or ipc");
        }

        string key = Text("key", null);
        if (key.Length > 0 && scheme != "hmac-sha256")
        {
            throw new ConnectionFileException(path, $"asks for signature_scheme '{scheme}': this kernel signs with hmac-sha256");
        }

        var file = new ConnectionFile
        {
            Transport = transport,
            Ip = Text("ip", null),
            Key = key,
            ShellPort = Port("shell_port"),
            ControlPort = Port("control_port"),
            IoPubPort = Port("iopub_port"),
            StdinPort = Port("stdin_port"),
            HeartbeatPort = Port("hb_port"),
        };
        if (file.Ip.Length == 0) throw new ConnectionFileException(path, "has an empty 'ip'");
        int[] ports = [file.ShellPort, file.ControlPort, file.IoPubPort, file.StdinPort, file.HeartbeatPort];
        if (ports.Distinct().Count() < ports.Length)
        {
            throw new ConnectionFileException(path, $"names a port twice: {string.Join(", ", ports)}");
        }

        return file;

        string Text(string name, string? missing)
        {
            if (!root.TryGetProperty(name, out JsonElement value))
            {
                return missing ?? throw new ConnectionFileException(path, $"has no '{name}'");
            }

            return value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new ConnectionFileException(path, $"has {value.ValueKind} in '{name}': expected a string");
        }

        int Port(string name)
        {
            if (!root.TryGetProperty(name, out JsonElement value)) throw new ConnectionFileException(path, $"has no '{name}'");
            int most = transport == "ipc" ? int.MaxValue : 65535;
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int port) && port >= 1 && port <= most
                ? port
                : throw new ConnectionFileException(path, $"has {value.GetRawText()} in '{name}': expected a port, 1 to {most}");
        }
    }
}
