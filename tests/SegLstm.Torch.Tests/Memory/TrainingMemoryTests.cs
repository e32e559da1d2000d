using System.Diagnostics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Memory;

[CollectionDefinition(nameof(TrainingMemory), DisableParallelization = true)]
public class TrainingMemory;

/// <summary>Resident memory is the process's, so these run when nothing else does.</summary>
[Collection(nameof(TrainingMemory))]
public class TrainingMemoryTests
{
    private static Module<Tensor, Tensor> Model() => Sequential(
        Conv2d(3, 16, 3, padding: 1, bias: false), BatchNorm2d(16), GELU(), Dropout(0.1), Conv2d(16, 16, 3, padding: 1), ReLU(), Conv2d(16, 5, 1));

    private static void Step(Module<Tensor, Tensor> model, optim.Optimizer optimizer)
    {
        var image = randn(2, 3, 32, 32);
        var label = randint(0, 5, new long[] { 2, 32, 32 }, ScalarType.Int64);
        optimizer.zero_grad();
        var loss = functional.cross_entropy(model.call(image), label);
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1);
        optimizer.step();
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    [Fact]
    public void A_thousand_steps_in_scopes_keep_resident_memory_within_2_percent_and_leave_no_tensor()
    {
        using var model = Model();
        using var optimizer = optim.AdamW(model.parameters(), 1e-3);
        void Steps(int count)
        {
            for (var k = 0; k < count; k++)
            {
                using var scope = NewDisposeScope();
                Step(model, optimizer);
            }
        }
        Steps(200);
        var (before, tensors) = (ResidentBytes(), Tensor.TotalCount);
        Steps(1000);
        var (after, tensorsAfter) = (ResidentBytes(), Tensor.TotalCount);
        Assert.Equal(tensors, tensorsAfter);
        Assert.True(after <= before * 1.02, $"Resident memory grew from {before / 1e6:f1} MB to {after / 1e6:f1} MB.");
    }

#if !TORCHSHARP
    // TorchSharp does not tell the garbage collector how large its tensors are.
    [Fact]
    public void A_thousand_careless_steps_stay_bounded()
    {
        var model = Model();
        var optimizer = optim.AdamW(model.parameters(), 1e-3);
        using var process = Process.GetCurrentProcess();
        var before = ResidentBytes();
        var peak = before;
        for (var k = 0; k < 1000; k++)
        {
            Step(model, optimizer);
            if (k % 20 != 0) continue;
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
        }

        // Kept, the tensors of 1,000 steps would take more than 1 GB.
        Assert.True(peak - before < 250e6, $"Resident memory grew from {before / 1e6:f1} MB to {peak / 1e6:f1} MB.");
        GC.KeepAlive(model);
    }
#endif
}
