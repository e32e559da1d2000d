using SegLstm.Bench.Gpu;
using SegLstm.Kernels.DepthwiseConv.Gpu;
using SegLstm.Kernels.Gpu;
using SegLstm.Kernels.Gpu.Cuda;
using SegLstm.Kernels.Gpu.OpenCl;
using SegLstm.Kernels.HeadNorm.Gpu;
using SegLstm.Kernels.Mlstm.Gpu;
using SegLstm.Kernels.SelectiveScan.Gpu;
using static TorchSharp.torch;

// Times every kernel on a device, once it is assembled and its tensors lie there: cuda (the default) or opencl.
var cuda = args is [] or ["cuda"] ? CudaDevice.Open() : null;
var gpu = new TimedGpu(cuda ?? (IGpu)OpenClDevice.Default);
Console.WriteLine(gpu.Name);
Console.WriteLine($"{"kernel",-26}{"us, median",12}{"registers",12}{"spilled",10}");

using var scope = NewDisposeScope();
using var no = no_grad();
manual_seed(1);
var small = cuda is null;
var (batch, tokens) = (small ? 1 : 8, small ? 196 : 1024);

Tensor Random(params long[] shape) => randn(shape);
var (wide, state) = (Random(batch, 384, tokens), Random(batch, 1, 16, tokens));
var scan = new GpuScanTensors(
    wide, Random(batch, 384, tokens), -Random(384, 16).exp(), state, Random(batch, 1, 16, tokens), Random(384),
    Random(batch, 384, tokens), Random(384), Softplus: true, Reverse: false);
Print($"selective scan, ({batch}, 384, {tokens}), N = 16", GpuSource.SelectiveScan, () =>
    new GpuScan(gpu).Backward(scan, new GpuScan(gpu).Forward(scan).Out, stateGradient: null));

Tensor Head() => Random(batch, 4, tokens, 96);
var (q, k, v, input, forget) = (Head(), Head(), Head(), Random(batch, 4, tokens), Random(batch, 4, tokens) + 3);
Print($"mLSTM, ({batch}, 4, {tokens}, 96)", GpuSource.Mlstm, () =>
    new GpuMlstm(gpu).Backward(q, k, v, input, forget, new GpuMlstm(gpu).Forward(q, k, v, input, forget)));

var side = (int)Math.Sqrt(tokens);
var (x, taps, middle) = (Random(batch, tokens, 384), Random(384, 1, 4), Random(384, 1, 3, 3));
var causal = new GpuDepthwiseConv(gpu, ConvWindow.Causal(tokens, 4), silu: true);
Print($"causal convolution and SiLU, ({batch}, {tokens}, 384), 4 taps", GpuSource.DepthwiseConv, () =>
    causal.Backward(x, taps, null, causal.Forward(x, taps, null)));
var around = new GpuDepthwiseConv(gpu, ConvWindow.Around(side, side, 3), silu: true);
Print($"convolution on a grid and SiLU, ({batch}, {side}x{side}, 384), 3x3", GpuSource.DepthwiseConv, () =>
    around.Backward(x, middle, null, around.Forward(x, middle, null)));

var norm = new GpuHeadNorm(gpu);
Print($"norm of heads, ({batch}, 4, {tokens}, 96)", GpuSource.HeadNorm, () =>
    norm.Backward(q, Random(384), null, norm.Forward(q, Random(384), null)));
return;

void Print(string what, GpuSource source, Action run)
{
    run();
    Console.WriteLine(what);
    foreach (var (launched, microseconds) in gpu.Take())
    {
        var used = cuda is null || launched.Source != source ? null : ((int, int)?)cuda.Used(source, launched.Kernel);
        Console.WriteLine($"  {launched.Kernel,-24}{microseconds,12:f1}{used?.Item1,12}{used?.Item2,10}");
    }
}
