using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints.Pth;

/// <summary>What a pickle may ask for that a checkpoint never does.</summary>
public class PickleRefusalTests
{
    private static readonly byte[] Four = PthBytes.Floats(1, 2, 3, 4);

    [Fact]
    public void The_pickle_that_the_cases_start_from_is_right() =>
        Assert.Equal([1f, 2, 3, 4], PthBytes.Accepted(PthBytes.Zip(PthBytes.OneTensor(), ("0", Four))));

    [Theory]
    [InlineData("\u0080\u0002cposix\nsystem\nX\u0001\0\0\0a\u0085R.", "posix.system")]
    [InlineData("\u0080\u0002cnt\nsystem\n.", "nt.system")]
    [InlineData("c__builtin__\neval\n.", "__builtin__.eval")]
    [InlineData("\u0080\u0004\u008c\u0008builtins\u008c\u0004exec\u0093.", "builtins.exec")]
    [InlineData("\u0080\u0004\u008c\u0005torch\u008c\u0009os.system\u0093.", "torch.os.system")]
    [InlineData("\u0080\u0004\u008c\u0012torch.FloatStorage\u008c\0\u0093.", "torch.FloatStorage.")]
    [InlineData("(S'a'\niposix\nsystem\n.", "posix.system")]
    [InlineData("\u0080\u0002csubprocess\nPopen\n)\u0081.", "subprocess.Popen")]
    [InlineData("\u0080\u0002ctorch\nload\n.", "torch.load")]
    [InlineData("\u0080\u0002ctorch.nn.modules.linear\nLinear\n)\u0081}b.", "torch.nn.modules.linear.Linear")]
    [InlineData("\u0080\u0002cargparse\nNamespace\n)\u0081}b.", "argparse.Namespace")]
    [InlineData("\u0080\u0002ctorch._utils\n_rebuild_qtensor\n.", "torch._utils._rebuild_qtensor")]
    [InlineData("\u0080\u0002ctorch\nQInt8Storage\n.", "torch.QInt8Storage")]
    [InlineData("\u0080\u0002cnumpy.core.multiarray\n_reconstruct\n.", "numpy.core.multiarray._reconstruct")]
    [InlineData("\u0080\u0002c\u001b[31m\nred\n.", "\\u001b[31m.red")]
    public void An_object_that_is_not_on_the_list_is_refused_by_its_name(string pickle, string name)
    {
        var refusal = PthBytes.Refused(CheckpointError.ForbiddenGlobal, PthBytes.Zip(pickle));
        Assert.Contains($"'{name}' at byte ", refusal.Message);
    }

    [Theory]
    [InlineData("quantized", "ctorch\nQUInt8Storage\n.")]
    [InlineData("sparse", "ctorch._utils\n_rebuild_sparse_tensor\n.")]
    [InlineData("TorchScript", "c__torch__.models\nNet\n.")]
    [InlineData("libtorch 1.13 lacks", "ctorch._utils\n_rebuild_tensor_v3\n.")]
    public void What_kind_of_checkpoint_it_is_is_told_where_it_is_known(string told, string pickle) =>
        Assert.Contains(told, PthBytes.Refused(CheckpointError.ForbiddenGlobal, PthBytes.Zip(pickle)).Message);

    [Theory]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002ccollections\nOrderedDict\n)\u0081.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0004ccollections\nOrderedDict\n)}\u0092.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "(ccollections\nOrderedDict\no.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "(icollections\nOrderedDict\n.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002\u0082\u0001.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0002\u0084\u0001\u0001\u0001\u0001.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0005\u0097.")]
    [InlineData(CheckpointError.ForbiddenOpcode, "\u0080\u0005N\u0098.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002]}R.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002ctorch\nFloatStorage\n)R.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n)R.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002ccollections\nOrderedDict\n]K\u0001a\u0085R.")]
    [InlineData(CheckpointError.ForbiddenCall, "\u0080\u0002]}b.")]
    [InlineData(CheckpointError.ForbiddenCall,
        "\u0080\u0003cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nX\u0002\0\0\0O8\u0085RC\u0001a\u0086R.")]
    [InlineData(CheckpointError.UnsupportedVersion, "\u0080\u0006N.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002NN.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002(.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u00020.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002t.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002N(\u0085.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002Na.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002NNa.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002}(Nu.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002h\0.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002Nr\u00ff\u00ff\u00ff\u007f.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002X\u0001\0\0\0\u00ff.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002\u008b\u0001\u0010\0\0.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0002\u00ff.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0004\u0095\u00ff\0\0\0\0\0\0\0N.")]
    [InlineData(CheckpointError.BrokenPickle, "\u0080\u0004NN\u0093.")]
    [InlineData(CheckpointError.BrokenPickle, "Ia\n.")]
    [InlineData(CheckpointError.BrokenPickle, "Vx\\u12\n.")]
    [InlineData(CheckpointError.BrokenPickle, "S'x\n.")]
    [InlineData(CheckpointError.Truncated, "\u0080\u0002")]
    [InlineData(CheckpointError.Truncated, "\u0080\u0002X\u00ff\u00ff\u00ff\u00ffa.")]
    [InlineData(CheckpointError.Truncated, "\u0080\u0004\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fa.")]
    [InlineData(CheckpointError.Truncated, "ccollections")]
    [InlineData(CheckpointError.BrokenStorage, "\u0080\u0002K\u0001Q.")]
    [InlineData(CheckpointError.BrokenStorage, "Pposix\n.")]
    [InlineData(CheckpointError.TooDeep, "\u0080\u0002]q\0h\0a.")]
    public void What_checkpoints_have_no_use_for_is_refused(CheckpointError expected, string pickle) =>
        PthBytes.Refused(expected, PthBytes.Zip(pickle));

    [Theory]
    [InlineData("K\0K\u0005\u0085K\u0001\u0085")]
    [InlineData("K\u0001K\u0004\u0085K\u0001\u0085")]
    [InlineData("K\0K\u0002\u0085K\u0004\u0085")]
    [InlineData("K\0K\u0002K\u0003\u0086K\u0002K\u0001\u0086")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ffK\u0001\u0085K\u0001\u0085")]
    [InlineData("K\0J\u00ff\u00ff\u00ff\u00ff\u0085K\u0001\u0085")]
    [InlineData("K\0K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085")]
    [InlineData("K\0K\u0002\u0085)")]
    [InlineData("K\u0005K\0\u0085K\u0001\u0085")]
    [InlineData("K\0\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fK\0\u0086K\0K\0\u0086")]
    [InlineData("K\0\u008a\u0009\0\0\0\0\0\0\0\0\u0001\u0085K\0\u0085")]
    [InlineData("K\0\u008a\u0005\0\0\0\0\u0001\u008a\u0005\0\0\0\0\u0001\u0086K\0K\0\u0086")]
    public void A_window_beyond_its_storage_is_refused(string window) =>
        PthBytes.Refused(CheckpointError.BrokenTensor, PthBytes.Zip(PthBytes.OneTensor(window), ("0", Four)));

    [Fact]
    public void A_tensor_that_repeats_one_element_without_end_is_refused() =>
        PthBytes.Refused(CheckpointError.Expansion,
            PthBytes.Zip(PthBytes.OneTensor("K\0\u008a\u0006\0\0\0\0\0\u0001\u0085K\0\u0085"), ("0", Four)));

    [Fact]
    public void A_lazy_conjugate_is_refused_as_it_would_read_wrong()
    {
        var pickle = PthBytes.OneTensor().Replace(")RtRu.", ")R}(X\u0004\0\0\0conj\u0088utRu.");
        Assert.Contains("resolve_conj",
            PthBytes.Refused(CheckpointError.BrokenTensor, PthBytes.Zip(pickle, ("0", Four))).Message);
    }

    [Fact]
    public void Containers_that_contain_one_another_many_times_over_end()
    {
        var pickle = new StringBuilder("\u0080\u0002]q\00");
        for (var i = 0; i < 60; i++)
        {
            pickle.Append($"](h{(char)i}h{(char)i}h{(char)i}eq{(char)(i + 1)}0");
        }

        PthBytes.Refused(CheckpointError.TooMuchMemory, PthBytes.Zip(pickle.Append($"h{(char)60}.").ToString()));
        PthBytes.Refused(CheckpointError.TooDeep, PthBytes.Zip($"\u0080\u0002{new string(']', 100)}{new string('a', 99)}."));
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        var tensor = PthBytes.OneTensor();
        var entry = tensor[4..^2];
        PthBytes.Refused(CheckpointError.DuplicateName, PthBytes.Zip($"\u0080\u0002}}({entry}{entry}u.", ("0", Four)));
    }

    [Fact]
    public void Text_protocols_are_read_too()
    {
        const string Pickle = "(dS'n\\x41\\n'\nI12\nsVu\\u00e9\nL99999999999999999999L\nsS'f'\nF1.5\nsS'b'\nI01\ns"
            + "S'l'\n(lp0\nI1\nasS'm'\ng0\nsS't'\n(I1\nNts.";
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.pth"), PthBytes.Zip(Pickle));
        using var file = Checkpoint.Open(folder.File("a.pth"));
        Assert.Equal("12", $"{file.Tree!["nA\n"]}");
        Assert.Equal("99999999999999999999", $"{file.Tree["ué"]}");
        Assert.Equal("1.5", $"{file.Tree["f"]}");
        Assert.Equal("True", $"{file.Tree["b"]}");
        Assert.Equal("[1]", $"{file.Tree["l"]}");
        Assert.Same(file.Tree["l"], file.Tree["m"]);
        Assert.Equal("(1, None)", $"{file.Tree["t"]}");
        Assert.Empty(file.Tensors);
    }
}
