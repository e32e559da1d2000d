using System.Text.Json;
using SegLstm.Experiments.Runs.TensorBoard;

namespace SegLstm.Tests.Experiments.Runs.TensorBoard;

public sealed class RunEventsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("events").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Steps_validations_and_the_test_become_curves_at_the_times_they_were_written()
    {
        Write("environment.json", """{"started": "2026-01-02T03:04:05.0000000Z"}""");
        Write("metrics.jsonl", """
            {"kind":"step","iteration":0,"loss":1.5,"learning_rate":0.1,"gradient_norm":"NaN","seconds":2.5}
            {"kind":"validation","iteration":9,"mean_iou":0.5,"overall_accuracy":0.75,"iou":[0.25,"NaN"]}
            {"kind":"resumed","iteration":10}
            {"kind":"test","mean_iou":0.625,"overall_accuracy":0.875}
            """);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.Equal(
            [
                new ReadEvent(start, 0, null, 0),
                new ReadEvent(start + 2.5, 0, "train/loss", 1.5f),
                new ReadEvent(start + 2.5, 0, "train/learning_rate", 0.1f),
                new ReadEvent(start + 2.5, 9, "validation/mean_iou", 0.5f),
                new ReadEvent(start + 2.5, 9, "validation/overall_accuracy", 0.75f),
                new ReadEvent(start + 2.5, 9, "validation_iou/class_0", 0.25f),
                new ReadEvent(start + 2.5, 10, "test/mean_iou", 0.625f),
                new ReadEvent(start + 2.5, 10, "test/overall_accuracy", 0.875f),
            ],
            EventReader.Read(File.ReadAllBytes(RunEvents.Write(folder, Path.Combine(folder, "board", "run")))));
    }

    [Fact]
    public void Writing_again_replaces_the_file_and_half_a_last_line_is_left_out()
    {
        Write("metrics.jsonl", """{"kind":"step","iteration":0,"loss":1}""");
        var target = Path.Combine(folder, "board");
        RunEvents.Write(folder, target);
        Write("metrics.jsonl", "{\"kind\":\"step\",\"iteration\":0,\"loss\":1}\n{\"kind\":\"step\",\"iteration\":1,\"lo");
        var path = RunEvents.Write(folder, target);
        Assert.Equal([path], Directory.GetFiles(target));
        Assert.Equal([null, "train/loss"], EventReader.Read(File.ReadAllBytes(path)).Select(one => one.Tag));
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_refused_and_no_file_is_left()
    {
        Write("metrics.jsonl", "{\"kind\n{\"kind\":\"step\",\"iteration\":1,\"loss\":2}\n");
        var target = Path.Combine(folder, "board");
        Assert.ThrowsAny<JsonException>(() => RunEvents.Write(folder, target));
        Assert.Empty(Directory.GetFiles(target));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
