using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>TorchScript archives, of which the attributes are read and nothing else.</summary>
public class TorchScriptTests
{
    private static readonly byte[] Four = PthBytes.Floats(1, 2, 3, 4);

    // As torch.jit.save writes modules: an object of a class without arguments, its attributes in a dictionary, BUILD.
    private static string Module(string inside) => $"c__torch__.net.___torch_mangle_3\nNet\n)\u0081}}({inside}ub";

    private static string Tensor => "ctorch._utils\n_rebuild_tensor_v2\n("
        + $"({PthBytes.Text("storage")}ctorch\nFloatStorage\n{PthBytes.Text("0")}{PthBytes.Text("cpu")}K\u0004tQ"
        + "K\0(K\u0004t(K\u0001t\u0088ccollections\nOrderedDict\n)RtR";

    private static byte[] Archive(string pickle, params (string, byte[])[] more) => PthBytes.Archive(
    [
        ("net/data.pkl", Encoding.Latin1.GetBytes(pickle)), ("net/data/0", Four),
        ("net/code/__torch__/net.py", Encoding.Latin1.GetBytes("import os\nos.system('true')\n")), .. more,
    ]);

    private static readonly (string, byte[]) Constants = ("net/constants.pkl", Encoding.Latin1.GetBytes("\u0080\u0002)."));

    [Fact]
    public void Modules_are_read_as_their_attributes_at_any_depth()
    {
        var inner = Module($"{PthBytes.Text("training")}\u0089{PthBytes.Text("w")}{Tensor}");
        var sizes = $"ctorch.jit._pickle\nbuild_intlist\n](K\u0001K\u0002e\u0085R";
        var file = Archive($"\u0080\u0002{Module($"{PthBytes.Text("sizes")}{sizes}{PthBytes.Text("conv1")}{inner}q\u0001{PthBytes.Text("again")}h\u0001")}.", Constants);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("net.pt"), file);
        using var read = Checkpoint.Open(folder.File("net.pt"));
        Assert.Equal(["conv1.w", "again.w"], read.Tensors.Select(tensor => tensor.Name));
        using var w = read.Load("conv1.w");
        Assert.Equal([1f, 2, 3, 4], w.data<float>().ToArray());
        Assert.Equal("[1, 2]", read.Tree!["sizes"]!.ToString());
    }

    [Fact]
    public void Outside_such_an_archive_its_classes_are_refused() =>
        Assert.Contains("TorchScript", PthBytes.Refused(CheckpointError.ForbiddenGlobal, Archive($"\u0080\u0002{Module("")}.")).Message);

    [Theory]
    [InlineData(CheckpointError.ForbiddenGlobal, "\u0080\u0002cos\nsystem\n.")]
    [InlineData(CheckpointError.ForbiddenGlobal, "\u0080\u0002c__torch__x\nNet\n)\u0081.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002ccollections\nOrderedDict\n)\u0081.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002c__torch__\nNet\nK\u0001\u0085\u0081.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002c__torch__\nNet\nN\u0081.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002c__torch__\nNet\n)R.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002c__torch__\nNet\n)\u0081]b.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002ctorch.jit._pickle\nrestore_type_tag\n)R.")]
    [InlineData(CheckpointError.TooDeep, "\u0080\u0002c__torch__\nNet\n)\u0081q\0}(X\u0001\0\0\0ah\0ub.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002c__torch__\nNet\n\u0081.")]
    public void What_such_an_archive_has_no_use_for_is_refused(CheckpointError expected, string pickle) =>
        PthBytes.Refused(expected, Archive(pickle, Constants));

    [Fact]
    public void Attributes_set_twice_do_not_pile_up() =>
        // The second state is dropped like the attributes of an ordered dictionary.
        Assert.Single(Read($"\u0080\u0002{Module($"{PthBytes.Text("w")}{Tensor}")}}}({PthBytes.Text("v")}{Tensor}ub."));

    private static List<string> Read(string pickle)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("net.pt"), Archive(pickle, Constants));
        using var read = Checkpoint.Open(folder.File("net.pt"));
        return [.. read.Tensors.Select(tensor => tensor.Name)];
    }
}
