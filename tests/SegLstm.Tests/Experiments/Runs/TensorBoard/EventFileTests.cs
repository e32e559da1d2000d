using SegLstm.Experiments.Runs.TensorBoard;

namespace SegLstm.Tests.Experiments.Runs.TensorBoard;

public sealed class EventFileTests
{
    // The first record of any event file of TensorFlow, known from many: its time alone differs. Here it is 0.
    [Fact]
    public void A_file_begins_as_TensorFlows_do()
    {
        var bytes = Written(events => events.Begin(0));
        Assert.Equal(24UL, BitConverter.ToUInt64(bytes, 0));
        Assert.Equal([0xa3, 0x7f, 0x4b, 0x22], bytes[8..12]);
        Assert.Equal([0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0x1a, 0x0d, .. "brain.Event:2"u8], bytes[12..36]);
        Assert.Equal(40, bytes.Length);
    }

    [Fact]
    public void A_number_comes_back_with_its_time_step_and_tag()
    {
        var bytes = Written(events =>
        {
            events.Begin(1.5);
            events.Add(1_700_000_000.25, 300, "train/loss", 0.75);
        });
        var records = EventReader.Read(bytes);
        Assert.Equal(2, records.Count);
        Assert.Equal(new ReadEvent(1.5, 0, null, 0), records[0]);
        Assert.Equal(new ReadEvent(1_700_000_000.25, 300, "train/loss", 0.75f), records[1]);
    }

    [Fact]
    public void A_changed_byte_breaks_a_checksum()
    {
        var bytes = Written(events => events.Add(1, 2, "loss", 3));
        foreach (var at in Enumerable.Range(0, bytes.Length))
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 1;
            Assert.ThrowsAny<InvalidDataException>(() => EventReader.Read(damaged));
        }
    }

    private static byte[] Written(Action<EventFile> write)
    {
        using var stream = new MemoryStream();
        write(new EventFile(stream));
        return stream.ToArray();
    }
}
