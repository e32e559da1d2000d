using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>Questions to the person at the front end, one at a time, on the stdin socket.</summary>
internal sealed class InputRequests
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private Question? _open;

    /// <summary>Where questions go; set before the first cell runs.</summary>
    public RouterChannel? Channel { get; set; }

    /// <summary>Asks the client that sent a request, and waits for the answer.</summary>
    /// <exception cref="OperationCanceledException">The wait was interrupted.</exception>
    /// <exception cref="InputUnavailableException">The kernel listens for no answers.</exception>
    public string Ask(IncomingMessage request, string prompt, bool password, CancellationToken interrupt)
    {
        RouterChannel channel = Channel ?? throw new InputUnavailableException("The kernel has no channel for input.");
        _turn.Wait(interrupt);
        try
        {
            var question = new Question(request.Identities[^1], new(TaskCreationOptions.RunContinuationsAsynchronously));
            lock (_gate) _open = question;
            channel.Send(new OutgoingMessage("input_request", new JsonObject { ["prompt"] = prompt, ["password"] = password })
            {
                Identities = request.Identities, Parent = request.Header,
            });
            question.Answer.Task.Wait(interrupt);
            return question.Answer.Task.Result;
        }
        finally
        {
            lock (_gate) _open = null;
            _turn.Release();
        }
    }

    /// <summary>Takes an answer. One that nobody waits for, or from another client than was asked, is dropped.</summary>
    public void Receive(IncomingMessage message)
    {
        if (message.Header.Type != "input_reply") return;
        string value = new RequestFields(message.Header.Type, message.Content).Text("value");
        lock (_gate)
        {
            if (_open is { } open && message.Identities.Count > 0 && open.Client.AsSpan().SequenceEqual(message.Identities[^1]))
            {
                open.Answer.TrySetResult(value);
            }
        }
    }

    private sealed record Question(byte[] Client, TaskCompletionSource<string> Answer);
}
