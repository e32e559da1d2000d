using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SegLstm.Tests.Data.Benchmarks.Archives;

/// <summary>A web server of one file on this machine, which can be told to misbehave.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _content;
    private readonly List<string> _ranges = [];

    public FileServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file.zip");

    /// <summary>Bytes after which the line is cut, answer by answer; answers beyond the list are whole.</summary>
    public int[] CutAfter { get; init; } = [];

    /// <summary>Whether all is sent from the start whatever range is asked for.</summary>
    public bool KnowsNoRanges { get; init; }

    /// <summary>What is said in place of 200, for the first answers.</summary>
    public string[] Refusals { get; init; } = [];

    /// <summary>The ranges that were asked for, in order; empty where none was.</summary>
    public IReadOnlyList<string> Ranges
    {
        get
        {
            lock (_ranges) return [.. _ranges];
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        for (int number = 0; ; number++)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return;
            }

            using (client) await Answer(client.GetStream(), number);
        }
    }

    private async Task Answer(NetworkStream stream, int number)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string range = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: ", StringComparison.OrdinalIgnoreCase)) range = line["Range: ".Length..];
        }

        lock (_ranges) _ranges.Add(range);
        if (number < Refusals.Length)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Refusals[number]}\r\nContent-Length: 0\r\nConnection: "
                + $"close\r\n\r\n"));
            return;
        }

        int from = range.Length > 0 && !KnowsNoRanges ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        if (from >= _content.Length)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{_content.Length}\r\nContent-Length: 0\r\nConnection: "
                    + $"close\r\n\r\n"));
            return;
        }

        string head = from > 0
            ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n"
                : "HTTP/1.1 200 OK\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {_content.Length - from}\r\nConnection: close\r\n\r\n"));
        int count = number < CutAfter.Length ? Math.Min(CutAfter[number], _content.Length - from) : _content.Length - from;
        await stream.WriteAsync(_content.AsMemory(from, count));
    }
}
