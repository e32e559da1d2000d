using SegLstm.Kernels.Gpu;
using SegLstm.Kernels.SelectiveScan.Gpu;
using SegLstm.Tests.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.SelectiveScan.Gpu;

public sealed class GpuScanTests
{
    private const int Fixed = ScanProblem.Fixed;
    private const int Shared = ScanProblem.Shared;

    public static TheoryData<ScanOptions> Problems =>
    [
        new ScanOptions(1, 1, 1, 1),
        new ScanOptions(2, 5, 2, 3),
        new ScanOptions(2, 33, 61, 16),
        new ScanOptions(1, 33, 1000, 17),
        new ScanOptions(3, 1, 61, 16, Gate: false),
        new ScanOptions(1, 5, 16, 256),
        new ScanOptions(2, 70, 33, 1, Skip: false),
        new ScanOptions(2, 12, 66, 4, 2, 2),
        new ScanOptions(2, 6, 20, 2, 2, 3),
        new ScanOptions(1, 96, 40, 1, 1, Shared, Gate: false),
        new ScanOptions(2, 6, 9, 3, 6, 6),
        new ScanOptions(2, 20, 40, 6, Fixed, Fixed),
        new ScanOptions(2, 20, 40, 6, Fixed, 2, Bias: false),
        new ScanOptions(1, 17, 40, 2, 17, Fixed, Skip: false, Gate: false, Bias: false, Softplus: false, DeltaScale: 0.1),
        new ScanOptions(2, 9, 40, 5, DeltaScale: 30, DeltaShift: 20, Bias: false),
        new ScanOptions(2, 9, 40, 5, DeltaScale: 30, DeltaShift: -60, Bias: false),
    ];

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_device_computes_the_reference_and_its_gradient_inside_of_its_memory(ScanOptions options)
    {
        using var scope = NewDisposeScope();
        var exact = new ScanProblem(options);
        var expected = exact.Everything(exact.Reference());
        var got = Everything(new GuardedGpu(TestGpu.Device), new ScanProblem(options, ScalarType.Float32), 64, 2);
        Assert.Equal(expected.Count, got.Count);
        Assert.All(expected.Zip(got), pair => Close.Within(
            pair.Second, pair.First.Value, pair.First.Name.StartsWith("gradient") ? 1e-5 : 2e-6, pair.First.Name));
    }

    [Fact]
    public void The_size_of_a_group_does_not_change_a_bit()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 66, 61, 3, 2, Shared), ScalarType.Float32);
        var expected = Everything(TestGpu.Device, problem, 64, 2);
        var got = Everything(TestGpu.Device, problem, 7, 3);
        Assert.All(expected.Zip(got), pair => Assert.Equal(pair.First.bytes.ToArray(), pair.Second.bytes.ToArray()));
    }

    [Fact]
    public void In_reverse_everything_is_as_of_the_sequence_turned_around()
    {
        using var scope = NewDisposeScope();
        var problem = new ScanProblem(new(2, 34, 45, 3, 2, Fixed), ScalarType.Float32);
        var forward = Everything(TestGpu.Device, problem, 64, 2, flip: true);
        var reverse = Everything(TestGpu.Device, problem, 64, 2, reverse: true);
        Assert.All(forward.Zip(reverse), pair =>
        {
            var turned = pair.First.shape[^1] == 45 ? pair.First.flip(-1).contiguous() : pair.First;
            Assert.Equal(turned.bytes.ToArray(), pair.Second.bytes.ToArray());
        });
    }

    /// <summary>In the order of <see cref="ScanProblem.Everything"/>.</summary>
    private static List<Tensor> Everything(
        IGpu gpu, ScanProblem problem, int groupSize, int units, bool reverse = false, bool flip = false)
    {
        Tensor Ready(Tensor x) =>
            (flip && x.shape[^1] == problem.Options.Length ? x.detach().flip(-1) : x.detach()).contiguous();
        Tensor Weights(Tensor x) => Ready(x.dim() == 3 ? x.unsqueeze(1) : x);
        var x = new GpuScanTensors(
            Ready(problem.U), Ready(problem.Delta), Ready(problem.A), Weights(problem.B), Weights(problem.C),
            problem.D is null ? null : Ready(problem.D), problem.Z is null ? null : Ready(problem.Z),
            problem.DeltaBias is null ? null : Ready(problem.DeltaBias), problem.Options.Softplus, reverse);
        var scan = new GpuScan(gpu, groupSize, units);
        var (y, last) = scan.Forward(x);
        var (yLeaf, lastLeaf) = (zeros_like(y).requires_grad_(), zeros_like(last).requires_grad_());
        problem.Loss((yLeaf, lastLeaf)).backward();
        var gradients = scan.Backward(x, Ready(yLeaf.grad!), Ready(lastLeaf.grad!));
        Tensor?[] all =
        [
            y, last, gradients.U, gradients.Delta, gradients.A, gradients.B.view_as(problem.B), gradients.C.view_as(problem.C),
            gradients.D, gradients.Z, gradients.DeltaBias,
        ];
        return [.. all.OfType<Tensor>()];
    }
}
