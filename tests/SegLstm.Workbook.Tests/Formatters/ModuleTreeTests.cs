using SegLstm.Workbook.Formatters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests.Formatters;

public class ModuleTreeTests
{
    [Fact]
    public void A_tree_shows_types_counts_and_shapes()
    {
        using var model = nn.Sequential(("first", nn.Linear(3, 4)),
            ("rest", nn.Sequential(("norm", nn.BatchNorm2d(8)), ("act", nn.ReLU()))));
        model.get_parameter("first.bias")!.requires_grad = false;

        Assert.Equal(
            """
            Sequential, 32 parameters
              first: Linear, 16 parameters
                weight (4, 3)
                bias (4), frozen
              rest: Sequential, 16 parameters
                norm: BatchNorm2d, 16 parameters
                  weight (8)
                  bias (8)
                  running_mean (8), buffer
                  running_var (8), buffer
                  num_batches_tracked (), buffer
                act: ReLU, no parameters
            """, ModuleTree.ToText(model));
        Approval.Check("module.html", ModuleTree.ToHtml(model));
    }
}
