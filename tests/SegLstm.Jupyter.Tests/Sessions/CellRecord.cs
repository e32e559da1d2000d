using System.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Tests.Sessions;

/// <summary>What a cell has sent, in order.</summary>
internal sealed class CellRecord : ICellOutput
{
    private readonly Lock gate = new();
    private readonly List<(string Kind, string Text, MimeBundle? Bundle, string? Id)> events = [];

    public Queue<string> Answers { get; } = new();

    public List<(string Prompt, bool Password)> Prompts { get; } = [];

    public IReadOnlyList<(string Kind, string Text, MimeBundle? Bundle, string? Id)> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    public string Stdout => Text("stdout");

    public string Stderr => Text("stderr");

    public MimeBundle? Shown => Events.LastOrDefault(item => item.Kind == "display").Bundle;

    public MimeBundle? Value => Events.LastOrDefault(item => item.Kind == "result").Bundle;

    /// <summary>Kinds and texts, neighbouring writes to one stream as one.</summary>
    public IReadOnlyList<string> Story
    {
        get
        {
            var story = new List<string>();
            var last = "";
            foreach (var (kind, text, _, _) in Events)
            {
                if (kind == last && kind is "stdout" or "stderr" && last == kind)
                {
                    story[^1] += text;
                }
                else
                {
                    story.Add($"{kind}: {text}");
                }

                last = kind;
            }

            return story;
        }
    }

    public void Write(OutputStream stream, string text) =>
        Add(stream == OutputStream.Stdout ? "stdout" : "stderr", text, null, null);

    public void Display(MimeBundle bundle, string? displayId = null) => Add("display", bundle.Text, bundle, displayId);

    public void Update(MimeBundle bundle, string displayId) => Add("update", bundle.Text, bundle, displayId);

    public void Result(MimeBundle bundle) => Add("result", bundle.Text, bundle, null);

    public void Clear(bool wait) => Add("clear", wait.ToString(), null, null);

    public string ReadInput(string prompt, bool password, CancellationToken interrupt)
    {
        Prompts.Add((prompt, password));
        return Answers.TryDequeue(out var answer) ? answer : throw new InputUnavailableException("nobody answers here");
    }

    private void Add(string kind, string text, MimeBundle? bundle, string? id)
    {
        lock (gate)
        {
            events.Add((kind, text, bundle, id));
        }
    }

    private string Text(string kind) =>
        Events.Where(item => item.Kind == kind).Aggregate(new StringBuilder(), (text, item) => text.Append(item.Text)).ToString();
}
