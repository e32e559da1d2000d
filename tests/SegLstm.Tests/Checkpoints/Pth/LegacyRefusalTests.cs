using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>The older form, right and wrong.</summary>
public class LegacyRefusalTests
{
    private const string Keys = "\u0080\u0002]X\u0001\0\0\00a.";

    private static readonly byte[] Four = [4, 0, 0, 0, 0, 0, 0, 0, .. PthBytes.Floats(1, 2, 3, 4)];

    // The older form's persistent ids have a sixth part: None, or a view of the storage.
    private static string OneTensor(string view = "N") => PthBytes.OneTensor().Replace("tQ", view + "tQ");

    [Fact]
    public void The_file_that_the_cases_start_from_is_right() =>
        Assert.Equal([1f, 2, 3, 4], PthBytes.Accepted(PthBytes.Legacy(OneTensor(), Keys, Four)));

    [Fact]
    public void A_view_of_a_storage_is_a_window_on_it()
    {
        var tensor = PthBytes.OneTensor("K\u0001K\u0002\u0085K\u0001\u0085").Replace("tQ", "(X\u0001\0\0\01K\u0001K\u0003ttQ");
        Assert.Equal([3f, 4], PthBytes.Accepted(PthBytes.Legacy(tensor, Keys, Four)));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Legacy(OneTensor("(X\u0001\0\0\01K\u0002K\u0003t"), Keys, Four));
        PthBytes.Refused(CheckpointError.BrokenTensor, PthBytes.Legacy(OneTensor("(X\u0001\0\0\01K\u0001K\u0003t"), Keys, Four));
    }

    [Fact]
    public void A_file_of_a_big_endian_machine_is_refused() =>
        PthBytes.Refused(CheckpointError.BigEndian, PthBytes.Legacy(OneTensor(), Keys, Four, littleEndian: "\u0089"));

    [Fact]
    public void Another_version_is_refused() =>
        PthBytes.Refused(CheckpointError.UnsupportedVersion, PthBytes.Legacy(OneTensor(), Keys, Four, version: "M\u00ea\u0003"));

    [Fact]
    public void Storages_that_do_not_fit_their_keys_are_refused()
    {
        PthBytes.Refused(CheckpointError.MissingEntry, PthBytes.Legacy(OneTensor(), "\u0080\u0002].", []));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Legacy(OneTensor(), "\u0080\u0002]X\u0001\0\0\01a.", Four));
        PthBytes.Refused(CheckpointError.BrokenStorage,
            PthBytes.Legacy(OneTensor(), "\u0080\u0002](X\u0001\0\0\00X\u0001\0\0\00e.", [.. Four, .. Four]));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Legacy(OneTensor(), Keys, [5, .. Four[1..]]));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Legacy(OneTensor(), Keys, Four[..^1]));
        PthBytes.Refused(CheckpointError.BrokenStorage, PthBytes.Legacy(OneTensor(), "\u0080\u0002}.", Four));
        PthBytes.Refused(CheckpointError.Truncated, PthBytes.Legacy(OneTensor(), Keys, [4]));
    }

    [Fact]
    public void A_pickle_of_something_else_is_called_so() =>
        PthBytes.Refused(CheckpointError.NotACheckpoint, [0x80, 2, (byte)'K', 1, (byte)'.']);
}
