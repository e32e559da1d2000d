using SegLstm.Pretraining;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Methods;

/// <summary>What holds for each method around each encoder.</summary>
public sealed class EveryMethodTests
{
    private static readonly string[] SlowCopies = ["encoder_k.", "proj1.", "target_encoder.", "target_projector."];

    public static TheoryData<PretrainingMethodKind, string> All => Around(Trunks.Names);

    /// <summary>A ResNet and a Vision-LSTM; the ResNet without DeepLab's encoder with SEGLSTM_SOAK=1.</summary>
    public static TheoryData<PretrainingMethodKind, string> Few =>
        Around(Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1" ? Trunks.Names : ["deeplab", "vil"]);

    [Theory]
    [MemberData(nameof(Few))]
    public void Ten_steps_on_fixed_views_lower_the_loss(PretrainingMethodKind kind, string trunk)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var method = SmallMethods.Make(kind, trunk);
        var batch = TileViews.Batch(4);
        using var optimizer = optim.Adam(method.parameters().Where(parameter => parameter.requires_grad), 2e-3);
        // MoCo's queue of random keys is easy to tell apart; from the second step on it holds keys of images.
        var warming = kind == PretrainingMethodKind.Moco ? 1 : 0;
        var losses = new List<double>();
        for (var step = 0; step < warming + 10; step++)
        {
            using var inner = NewDisposeScope();
            method.train();
            optimizer.zero_grad();
            var loss = method.call(batch).Total;
            loss.backward();
            optimizer.step();
            method.Stepped(step + 1, 100);
            losses.Add(loss.item<float>());
        }

        var seen = losses.Skip(warming).ToArray();
        Assert.All(seen, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(seen[^3..].Average() < seen[0] - (0.02 * Math.Abs(seen[0])), string.Join(" ", seen));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_reach_every_parameter_of_the_encoder_and_none_of_a_slow_copy(PretrainingMethodKind kind, string trunk)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var method = SmallMethods.Make(kind, trunk);
        method.call(TileViews.Batch(4)).Total.backward();
        var encoder = method.EncoderState().Keys.Select(name => method.EncoderPrefix + name).ToHashSet();
        var reached = 0;
        foreach (var (name, parameter) in method.named_parameters())
        {
            var slow = kind is PretrainingMethodKind.Moco or PretrainingMethodKind.Byol
                && SlowCopies.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            if (slow)
            {
                Assert.False(parameter.requires_grad, name);
                Assert.True(parameter.grad is null, $"{name} of a slow copy has a gradient");
            }
            else if (encoder.Contains(name))
            {
                Assert.True(HasGradient(parameter), $"{name} has no gradient");
                reached++;
            }
        }

        Assert.True(reached > 20, $"{reached} parameters of an encoder");
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void The_same_batch_loses_the_same_and_another_seed_draws_otherwise_where_something_is_drawn(
        PretrainingMethodKind kind, string trunk)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var method = SmallMethods.Make(kind, trunk);
        // Dropout and the statistics of batch norms stand still; the queue of MoCo moves.
        method.eval();
        using var quiet = no_grad();
        double Loss(long seed) => method.call(TileViews.Batch(4, seed)).Total.item<float>();
        if (kind == PretrainingMethodKind.Moco)
        {
            // Its first loss is that of a queue that the second no longer has.
            Assert.NotEqual(Loss(5), Loss(5));
            return;
        }

        var first = Loss(5);
        Assert.Equal(first, Loss(5));
        var draws = kind is not (PretrainingMethodKind.Simclr or PretrainingMethodKind.Byol or PretrainingMethodKind.Tile2vec);
        Assert.Equal(draws, Enumerable.Range(6, 3).Any(seed => Loss(seed) != first));
    }

    private static TheoryData<PretrainingMethodKind, string> Around(string[] trunks)
    {
        var all = new TheoryData<PretrainingMethodKind, string>();
        foreach (var kind in Enum.GetValues<PretrainingMethodKind>().Except([PretrainingMethodKind.Supervised]))
        {
            foreach (var trunk in trunks)
            {
                all.Add(kind, trunk);
            }
        }

        return all;
    }

    private static bool HasGradient(Parameter parameter) =>
        parameter.grad is { } gradient && gradient.isfinite().all().item<bool>() && gradient.abs().max().item<float>() > 0;
}
