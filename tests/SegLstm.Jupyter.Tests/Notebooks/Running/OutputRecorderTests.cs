using System.Diagnostics;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Jupyter.Tests.Notebooks.Running;

public class OutputRecorderTests
{
    private readonly DisplayRegistry _displays = new();

    [Fact]
    public void Text_of_one_stream_is_one_output_until_another_comes_between()
    {
        OutputRecorder cell = Cell();
        cell.Write(OutputStream.Stdout, "a");
        cell.Write(OutputStream.Stdout, "b\n");
        cell.Write(OutputStream.Stderr, "e");
        cell.Write(OutputStream.Stdout, "c");
        Assert.Equal(["stdout:ab\n", "stderr:e", "stdout:c"], cell.Snapshot().Select(o => $"{o!["name"]}:{o["text"]}"));
    }

    [Fact]
    public void Ten_million_characters_written_one_by_one_are_kept_whole_and_in_seconds()
    {
        OutputRecorder cell = Cell();
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < 10_000_000; i++)
        {
            cell.Write(OutputStream.Stdout, "x");
            if (i % 1000 == 0) Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        }

        Assert.Equal(10_000_000, ((string)Assert.Single(cell.Snapshot())!["text"]!).Length);
    }

    [Fact]
    public void An_update_changes_displays_of_earlier_cells_too()
    {
        OutputRecorder first = Cell(), second = Cell();
        first.Display(MimeBundle.Plain("old"), "bar");
        second.Display(MimeBundle.Plain("other"));
        second.Update(MimeBundle.Plain("new"), "bar");
        Assert.Equal("new", (string?)first.Snapshot()[0]!["data"]!["text/plain"]);
        Assert.Equal("other", (string?)second.Snapshot()[0]!["data"]!["text/plain"]);
    }

    [Fact]
    public void Clearing_with_wait_waits_for_what_comes_next()
    {
        OutputRecorder cell = Cell();
        cell.Display(MimeBundle.Plain("1"), "id");
        cell.Clear(wait: true);
        Assert.Single(cell.Snapshot());
        cell.Display(MimeBundle.Plain("2"));
        Assert.Equal("2", (string?)Assert.Single(cell.Snapshot())!["data"]!["text/plain"]);
        cell.Update(MimeBundle.Plain("3"), "id");
        Assert.Equal("2", (string?)Assert.Single(cell.Snapshot())!["data"]!["text/plain"]);
        cell.Clear(wait: false);
        Assert.Empty(cell.Snapshot());
    }

    [Fact]
    public void A_result_and_an_error_have_the_shape_of_the_format()
    {
        OutputRecorder cell = Cell();
        cell.Result(MimeBundle.Plain("42"));
        cell.Fail(new CellError("DivideByZeroException", "no", ["line 1", "line 2"], 1));
        JsonArray outputs = cell.Snapshot();
        Assert.Equal("""{"data":{"text/plain":"42"},"execution_count":5,"metadata":{},"output_type":"execute_result"}""", outputs[0]!.ToJsonString());
        Assert.Equal("""{"ename":"DivideByZeroException","evalue":"no","output_type":"error","traceback":["line 1","line 2"]}""", outputs[1]!.ToJsonString());
    }

    [Fact]
    public void Nobody_can_be_asked()
    {
        InputUnavailableException fault = Assert.Throws<InputUnavailableException>(() => Cell().ReadInput("Name? ", false, default));
        Assert.Contains("'Name?'", fault.Message);
        Assert.Contains("tagged parameters", fault.Message);
    }

    private OutputRecorder Cell() => new(5, _displays);
}
