using System.Diagnostics;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// The output of one cell on iopub. Text is put together and sent in few messages; displays keep their place in it. A cell that
/// writes faster than can be sent waits once <see cref="MostPending"/> characters are pending. Works on after the cell's end, for
/// tasks that it left running.
/// </summary>
/// <param name="publisher">Sends, and paces on its thread.</param>
/// <param name="input">Asks the person at the front end.</param>
/// <param name="request">The cell's request.</param>
/// <param name="number">The number of its result.</param>
/// <param name="silent">Nothing is published.</param>
/// <param name="allowInput">Whether the front end answers questions.</param>
/// <param name="interrupt">The cell is asked to stop: it then no longer waits for its output.</param>
internal sealed class FrontEndOutput(
    PublisherChannel publisher,
    InputRequests input,
    IncomingMessage request,
    int number,
    bool silent,
    bool allowInput,
    CancellationToken interrupt) : ICellOutput
{
    /// <summary>Characters that wait at most.</summary>
    public const long MostPending = 4 << 20;

    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    private readonly object _gate = new();
    private readonly PendingOutput _pending = new();
    private readonly StreamPace _pace = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _pumpAt = Never;
    private int _flushing;

    /// <summary>The plain form of the cell's value; null where it has none.</summary>
    public string? ResultText { get; private set; }

    private TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <inheritdoc/>
    public void Write(OutputStream stream, string text)
    {
        if (silent || text.Length == 0) return;
        lock (_gate)
        {
            WaitForRoom();
            Append(stream, text);
        }
    }

    /// <summary>As <see cref="Write"/>, but never waits: for the kernel's own remarks.</summary>
    public void Remark(string text)
    {
        if (silent) return;
        lock (_gate) Append(OutputStream.Stderr, text);
    }

    /// <inheritdoc/>
    public void Display(MimeBundle bundle, string? displayId = null) => Show("display_data", bundle, displayId);

    /// <inheritdoc/>
    public void Update(MimeBundle bundle, string displayId) => Show("update_display_data", bundle, displayId);

    /// <inheritdoc/>
    public void Result(MimeBundle bundle)
    {
        ResultText = bundle.Text;
        Show("execute_result", bundle, null);
    }

    /// <inheritdoc/>
    public void Clear(bool wait) => Send("clear_output", new JsonObject { ["wait"] = wait }, []);

    /// <inheritdoc/>
    public string ReadInput(string prompt, bool password, CancellationToken interrupt)
    {
        if (!allowInput)
        {
            throw new InputUnavailableException(
                "The cell asks for input, but this front end answers no questions (its request says allow_stdin: false). "
                + "Run it in a notebook or console, or give the value in the code.");
        }

        Flush();
        return input.Ask(request, prompt, password, interrupt);
    }

    /// <summary>Publishes why the cell failed, ahead of what threads that it left behind go on writing.</summary>
    public void Fail(CellError error)
    {
        if (silent) return;
        lock (_gate) Publish("error", Reply.Published(error));
    }

    /// <summary>
    /// Waits until everything is sent that is pending now. What other threads write meanwhile is not waited for: they may never end.
    /// </summary>
    public void Flush()
    {
        lock (_gate)
        {
            Func<bool> isSent = _pending.Mark();
            _flushing++;
            Pump();
            while (!isSent() && !publisher.Ended.IsCompleted) Monitor.Wait(_gate, 100);
            _flushing--;
        }
    }

    private void Show(string type, MimeBundle bundle, string? displayId)
    {
        if (silent) return;
        var content = new JsonObject
        {
            ["data"] = JsonForms.Of(bundle.Data),
            ["metadata"] = JsonForms.Of(bundle.Metadata),
            ["transient"] = displayId is null ? [] : new JsonObject { ["display_id"] = displayId },
        };
        if (type == "execute_result") content["execution_count"] = number;
        Send(type, content, bundle.Data.Values);
    }

    /// <param name="type">The message's type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="forms">What takes its room, measured only where the message has to wait.</param>
    private void Send(string type, JsonObject content, IEnumerable<JsonNode> forms)
    {
        if (silent) return;
        lock (_gate)
        {
            if (_pending.IsEmpty)
            {
                Publish(type, content);
                return;
            }

            WaitForRoom();
            _pending.Add(type, content, forms.Sum(Size));
            Pump();
        }
    }

    private void Append(OutputStream stream, string text)
    {
        _pending.Add(stream, text, Now);
        Pump();
    }

    /// <summary>Holds up a cell that writes faster than can be sent. Only the cell's own threads may come here.</summary>
    private void WaitForRoom()
    {
        while (_pending.Size > MostPending && !publisher.Ended.IsCompleted)
        {
            interrupt.ThrowIfCancellationRequested();
            Monitor.Wait(_gate, 50);
        }
    }

    /// <summary>Sends what may go now, and sees to it that the rest goes when it may. The lock is held.</summary>
    private void Pump()
    {
        while (!_pending.IsEmpty)
        {
            if (_pending.TextSince is { } since)
            {
                bool hurry = _flushing > 0 || _pending.IsFull || _pending.HasMessageBehindText;
                TimeSpan now = Now, due = _pace.Next(since, hurry);
                if (due > now)
                {
                    PumpAt(due, now);
                    return;
                }

                (OutputStream stream, string text) = _pending.TakeText();
                _pace.Sent(now);
                Publish("stream", new JsonObject { ["name"] = JsonForms.Name(stream), ["text"] = text });
            }
            else
            {
                (string type, JsonObject content) = _pending.TakeMessage();
                Publish(type, content);
            }
        }

        Monitor.PulseAll(_gate);
    }

    private void PumpAt(TimeSpan due, TimeSpan now)
    {
        Monitor.PulseAll(_gate);
        if (due >= _pumpAt) return;
        _pumpAt = due;
        publisher.After(due - now, () =>
        {
            lock (_gate)
            {
                if (_pumpAt == due) _pumpAt = Never;
                Pump();
            }
        });
    }

    private void Publish(string type, JsonObject content) =>
        publisher.Publish(new OutgoingMessage(type, content) { Parent = request.Header });

    private static long Size(JsonNode form) =>
        form is JsonValue value && value.TryGetValue(out string? text) ? text.Length : form.ToJsonString().Length;
}
