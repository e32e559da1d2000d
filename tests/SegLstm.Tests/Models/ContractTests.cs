using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

/// <summary>What holds for every model of the catalog; being in the catalog is what enters a model here.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> All => [.. Catalog.List().Select(entry => entry.Name)];

    /// <summary>Whether full-size models do what else only their tiny variants do: ten minutes more.</summary>
    private static bool IsLong => Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1";

    [Theory]
    [MemberData(nameof(All))]
    public void The_full_model_scores_every_pixel(string name)
    {
        using var contract = new ModelContract(() => Catalog.Find(name).Create(5, 4, 64), bands: 4, side: 64);
        Holds(IsLong
            ? [.. contract.Shapes((64, 64), (96, 128), (224, 224)), .. contract.Behaviour()]
            : contract.Shapes((96, 128)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_parameter_learns_and_neither_neighbours_nor_checkpointing_nor_reloading_change_a_thing(string name)
    {
        using var contract = new ModelContract(Catalog.Find(name).CreateTiny, bands: 3, side: 64);
        Holds([.. contract.Shapes((64, 64), (96, 128), (224, 224)), .. contract.Behaviour()]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_are_those_of_central_differences_in_double_precision(string name)
    {
        using var scope = NewDisposeScope();
        using var model = ModelContract.Seeded(Catalog.Find(name).CreateTiny);
        model.to(ScalarType.Float64);
        Perturb(model);

        // Evaluation mode: dropped channels and running statistics would move between two calls.
        model.eval();
        var image = randn([1, 3, 32, 32], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([1, 3, 32, 32], dtype: ScalarType.Float64);
        var leaves = model.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Prepend(("image", image));
        GradientCheck.AlongDirections(
            () =>
            {
                using var inner = NewDisposeScope();
                var (logits, auxiliary) = model.ForwardWithAuxiliary(image);
                var loss = (logits * weight).sum();
                return (auxiliary is null ? loss : loss + (auxiliary * weight).sum()).MoveToOuterDisposeScope();
            },
            leaves);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_model_that_is_disposed_leaves_no_tensor_behind(string name)
    {
        var entry = Catalog.Find(name);
        Pass(entry);
        var before = Tensor.TotalCount;
        Pass(entry);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 0);

        static void Pass(CatalogEntry entry)
        {
            using var scope = NewDisposeScope();
            using var model = entry.CreateTiny();
            var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 3, 32, 32]));
            (auxiliary is null ? logits.sum() : logits.sum() + auxiliary.sum()).backward();
        }
    }

    private static void Holds(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all.Take(20)));
    }

    /// <summary>Away from starting values such as 0 and 1, at which a wrong gradient may look right.</summary>
    private static void Perturb(Segmenter model)
    {
        using var no = no_grad();
        foreach (var parameter in model.parameters())
        {
            using var scope = NewDisposeScope();
            parameter.add_(randn_like(parameter) * 0.05);
        }
    }
}
