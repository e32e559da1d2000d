using TorchSharp;

namespace SegLstm.Tests.Torch.Lifetime;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_created_in_it()
    {
        torch.Tensor inside;
        using (torch.NewDisposeScope()) inside = torch.zeros(2);
        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void A_tensor_moved_to_the_outer_scope_outlives_the_inner_one()
    {
        torch.Tensor kept;
        using (torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope()) kept = torch.zeros(2).MoveToOuterDisposeScope();
            Assert.False(kept.IsInvalid);
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_detached_tensor_outlives_all_scopes()
    {
        torch.Tensor kept;
        using (torch.NewDisposeScope()) kept = torch.zeros(2).DetachFromDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Several_objects_can_be_detached_moved_and_attached_at_once()
    {
        using var outer = torch.NewDisposeScope();
        using var inner = torch.NewDisposeScope();
        IDisposable a = torch.zeros(2), b = torch.zeros(2), c = torch.zeros(2);
        inner.MoveToOuter(a, b);
        inner.Detach(c, c);
        Assert.Equal((2, 0), (outer.DisposablesCount, inner.DisposablesCount));
        inner.Attach(a, c);
        Assert.Equal((1, 2), (outer.DisposablesCount, inner.DisposablesCount));
    }

    [Fact]
    public void A_scope_counts_what_it_holds()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.zeros(2);
        var b = torch.zeros(2);
        Assert.Equal(2, scope.DisposablesCount);
        a.Dispose();
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(b));
        Assert.False(scope.Contains(a));
    }

    [Fact]
    public void Everything_but_one_can_be_disposed()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.zeros(2);
        var b = torch.zeros(2);
        scope.DisposeEverythingBut(a);
        Assert.False(a.IsInvalid);
        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void A_wrapped_expression_keeps_only_its_result()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor? between = null;
        var result = torch.WrappedTensorDisposeScope(() =>
        {
            between = torch.zeros(2);
            return torch.ones(2);
        });
        Assert.True(between!.IsInvalid);
        Assert.False(result.IsInvalid);
    }
}
