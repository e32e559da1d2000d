#if !TORCHSHARP
using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators.Printing;

// TorchSharp prints metadata where SegLstm.Torch prints as PyTorch does: these tests are of SegLstm.Torch alone.
public class PrintingTests
{
    private static readonly Dictionary<string, Func<Tensor>> Printed = new()
    {
        ["torch.tensor(3.5)"] = () => tensor(3.5f),
        ["torch.tensor(7)"] = () => tensor(7L),
        ["torch.tensor(True)"] = () => tensor(true),
        ["torch.tensor(1e10)"] = () => tensor(1e10f),
        ["torch.tensor(float(\"nan\"))"] = () => tensor(float.NaN),
        ["torch.tensor(-0.0)"] = () => tensor(-0f),
        ["torch.tensor([1.0, 2.0, 3.0])"] = () => tensor(new[] { 1f, 2f, 3f }),
        ["torch.tensor([1, -2, 300])"] = () => tensor(new long[] { 1, -2, 300 }),
        ["torch.tensor([1, -2, 300], dtype=torch.int32)"] = () => tensor(new[] { 1, -2, 300 }),
        ["torch.tensor([1, 2], dtype=torch.uint8)"] = () => tensor(new byte[] { 1, 2 }),
        ["torch.tensor([True, False])"] = () => tensor(new[] { true, false }),
        ["torch.tensor([True, True])"] = () => tensor(new[] { true, true }),
        ["n"] = () => n,
        ["torch.tensor([1.0, float(\"nan\"), float(\"inf\"), -float(\"inf\")])"] = () => tensor(new[] { 1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity }),
        ["torch.tensor([1e-5, 1.0])"] = () => tensor(new[] { 1e-5f, 1f }),
        ["torch.tensor([1e9, 1.0])"] = () => tensor(new[] { 1e9f, 1f }),
        ["torch.tensor([1e5, 1.5])"] = () => tensor(new[] { 1e5f, 1.5f }),
        ["torch.tensor([0.0001, 0.01])"] = () => tensor(new[] { 0.0001f, 0.01f }),
        ["torch.tensor([0.00009, 0.01])"] = () => tensor(new[] { 0.00009f, 0.01f }),
        ["torch.tensor([1e8])"] = () => tensor(new[] { 1e8f }),
        ["torch.tensor([1e8 + 64])"] = () => tensor(new[] { 1e8f + 64 }),
        ["torch.tensor([0.03125, 0.5])"] = () => tensor(new[] { 0.03125f, 0.5f }),
        ["torch.tensor([0.09375, 2.03125])"] = () => tensor(new[] { 0.09375f, 2.03125f }),
        ["torch.tensor([100005.0, 1.0])"] = () => tensor(new[] { 100005f, 1f }),
        ["torch.tensor([999999.5, 0.001])"] = () => tensor(new[] { 999999.5f, 0.001f }),
        ["torch.tensor([123456789.0, 0.001], dtype=torch.float64)"] = () => tensor(new[] { 123456789.0, 0.001 }),
        ["torch.tensor([1e300, 1e-300], dtype=torch.float64)"] = () => tensor(new[] { 1e300, 1e-300 }),
        ["torch.tensor([5e-324], dtype=torch.float64)"] = () => tensor(new[] { 5e-324 }),
        ["torch.tensor([1.0, 2.0], dtype=torch.float16)"] = () => tensor(new[] { 1f, 2f }).half(),
        ["torch.tensor([0.1, 2.7], dtype=torch.bfloat16)"] = () => tensor(new[] { 0.1f, 2.7f }).bfloat16(),
        ["torch.complex(x, y)[0]"] = () => torch.complex(x, y)[0],
        ["torch.complex(x.double(), y.double())[0, 0]"] = () => torch.complex(x.@double(), y.@double())[0, 0],
        ["x"] = () => x,
        ["i"] = () => i,
        ["y"] = () => y,
        ["b"] = () => b,
        ["m"] = () => m,
        ["A"] = () => A,
        ["x * 1000"] = () => x * 1000,
        ["x / 1e5"] = () => x / 1e5,
        ["(torch.arange(16.0) / 3).reshape(2, 2, 2, 2)"] = () => (arange(16f) / 3).reshape(2, 2, 2, 2),
        ["torch.zeros(0)"] = () => zeros(0),
        ["torch.zeros(2, 0)"] = () => zeros(2, 0),
        ["torch.zeros(0, dtype=torch.int64)"] = () => zeros(0, dtype: ScalarType.Int64),
        ["torch.zeros(3, 0, 2, dtype=torch.float64)"] = () => zeros(3, 0, 2, dtype: ScalarType.Float64),
        ["torch.arange(30.0)"] = () => arange(30f),
        ["torch.arange(50) * 1000"] = () => arange(50) * 1000,
        ["torch.arange(150.0).reshape(5, 30) / 7"] = () => arange(150f).reshape(5, 30) / 7,
        ["torch.arange(9, dtype=torch.float64) / 7"] = () => arange(9, dtype: ScalarType.Float64) / 7,
        ["torch.arange(1000)"] = () => arange(1000),
        ["torch.arange(1001)"] = () => arange(1001),
        ["torch.zeros(1001)"] = () => zeros(1001),
        ["torch.arange(1600.0).reshape(40, 40) / 7"] = () => arange(1600f).reshape(40, 40) / 7,
        ["torch.arange(1500).reshape(5, 300)"] = () => arange(1500).reshape(5, 300),
        ["torch.arange(1500).reshape(300, 5)"] = () => arange(1500).reshape(300, 5),
        ["torch.arange(4096.0).reshape(8, 8, 8, 8) % 5"] = () => arange(4096f).reshape(8, 8, 8, 8) % 5,
        ["torch.arange(2000).reshape(2000, 1)"] = () => arange(2000).reshape(2000, 1),
        ["torch.arange(1500) % 3 > 1"] = () => arange(1500) % 3 > 1,
        ["torch.ones(2, 2, requires_grad=True)"] = () => ones(2, 2, requires_grad: true),
        ["(torch.arange(24.0) / 7).reshape(3, 8).requires_grad_()"] = () => (arange(24f) / 7).reshape(3, 8).requires_grad_(),
        ["torch.ones(2, 2, requires_grad=True).exp()"] = () => ones(2, 2, requires_grad: true).exp(),
        ["torch.ones(2, requires_grad=True).sum()"] = () => ones(2, requires_grad: true).sum(),
        ["x.transpose(0, 2)"] = () => x.transpose(0, 2),
        ["torch.zeros(2, 3, device=\"meta\")"] = () => zeros(2, 3, device: META),
    };

    public static TheoryData<string> Expressions => [.. Printed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_tensor_prints_as_in_PyTorch(string expression)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(Recording.Text("Printing", expression), Printed[expression]().ToString());
    }

    [Fact]
    public void Every_recorded_expression_is_printed() => Assert.Equal(Recording.Expressions("Printing"), Printed.Keys.Order());

    [Fact]
    public void A_disposed_tensor_prints_that_it_is()
    {
        Tensor disposed = zeros(2);
        disposed.Dispose();
        Assert.Equal("tensor(disposed)", disposed.ToString());
    }

    [Fact]
    public void A_parameter_says_that_it_is_one()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal("Parameter containing:\ntensor([1., 1.], requires_grad=True)", nn.Parameter(ones(2)).ToString());
    }

    [Fact]
    public void A_view_with_a_pending_conjugate_prints_conjugated()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal("tensor([1.-2.j, 3.+4.j])", torch.complex(tensor(new[] { 1f, 3f }), tensor(new[] { 2f, -4f })).conj().ToString());
    }

    [Fact]
    public void The_styles_of_TorchSharp_are_printed_by_name()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = arange(6f).reshape(2, 3);
        Assert.Equal("[2x3], type = Float32, device = cpu", t.ToString(TorchSharp.TensorStringStyle.Metadata));
        Assert.Equal("[2x3], type = Float32, device = cpu", t.ToString(false));
        Assert.Equal("[[0, 1, 2]\n [3, 4, 5]]", t.npstr(newLine: "\n"));
        Assert.Equal("[2x3], type = Float32, device = cpu\n 0 1 2\n 3 4 5\n", t.jlstr(newLine: "\n"));
        Assert.Equal("[3], type = Int64, device = cpu, value = long [] {0L, 1L, 2L}", arange(3).cstr());
        Assert.Equal("[[0, 1, 2, ... 97, 98, 99]\n [100, 101, 102, ... 197, 198, 199]]", arange(200).reshape(2, 100).npstr(newLine: "\n"));
    }

    [Fact]
    public void Precision_and_powers_of_ten_can_be_chosen()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = tensor(new[] { 1f / 3, 2f });
        try
        {
            set_printoptions(2);
            Assert.Equal("tensor([0.33, 2.00])", t.ToString());
            set_printoptions(2, sci_mode: true);
            Assert.Equal("tensor([3.33e-01, 2.00e+00])", t.ToString());
        }
        finally
        {
            set_printoptions(4);
        }
        Assert.Equal("tensor([0.3333, 2.0000])", t.ToString());
    }
}
#endif
