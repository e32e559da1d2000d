using SegLstm.Kernels;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels;

public sealed class ModelKernelsTests
{
    [Theory]
    [InlineData("seglstm_tiny")]
    [InlineData("vil2_tiny")]
    [InlineData("vim_tiny")]
    [InlineData("vmamba_tiny")]
    [InlineData("vmamba_vanilla_tiny")]
    [InlineData("swin_tiny")]
    [InlineData("deit_tiny")]
    public void On_reference_kernels_a_model_has_the_same_logits_and_gradients(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var model = Catalog.Find(name).CreateTiny().to(ScalarType.Float64);
        model.eval();
        var image = randn([1, 3, 64, 64], dtype: ScalarType.Float64, requires_grad: true);
        Tensor Fused()
        {
            using var quiet = no_grad();
            return model.call(image);
        }

        var (logits, gradient, fused) = (model.call(image), Gradient(model, image, false), Fused());
        using (ModelKernels.Use(KernelChoice.Reference))
        {
            Close.Within(model.call(image), logits, 1e-11, "logits");
            Close.Within(Fused(), fused, 1e-11, "logits without gradients");
            Close.Within(Gradient(model, image, false), gradient, 1e-10, "gradient of the image");
        }
    }

    [Theory]
    [InlineData("vil2_tiny")]
    [InlineData("vim_tiny")]
    [InlineData("vmamba_tiny")]
    public void Only_on_reference_kernels_can_gradients_be_differentiated_again(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var model = Catalog.Find(name).CreateTiny();
        model.eval();
        var image = randn([1, 3, 64, 64], requires_grad: true);
        var refusal = Assert.ThrowsAny<Exception>(() => Gradient(model, image, true));
        Assert.Contains("ModelKernels.Use(KernelChoice.Reference)", refusal.ToString());
        using (ModelKernels.Use(KernelChoice.Reference))
        {
            Gradient(model, image, true).square().sum().backward();
            Assert.True(image.grad!.abs().sum().item<float>() > 0);
        }
    }

    [Fact]
    public void A_choice_holds_until_it_is_disposed_and_for_its_thread_alone()
    {
        Assert.Equal(KernelChoice.Fastest, ModelKernels.Choice);
        using (var outer = ModelKernels.Use(KernelChoice.Reference))
        {
            using (ModelKernels.Use(KernelChoice.Fastest))
            {
                Assert.Equal(KernelChoice.Fastest, ModelKernels.Choice);
            }

            Assert.Equal(KernelChoice.Reference, ModelKernels.Choice);
            var other = KernelChoice.Reference;
            var thread = new Thread(() => other = ModelKernels.Choice);
            thread.Start();
            thread.Join();
            Assert.Equal(KernelChoice.Fastest, other);
        }

        Assert.Equal(KernelChoice.Fastest, ModelKernels.Choice);
        Assert.Contains(
            "Fastest or Reference", Assert.Throws<ArgumentOutOfRangeException>(() => ModelKernels.Use((KernelChoice)7)).Message);
    }

    private static Tensor Gradient(nn.Module<Tensor, Tensor> model, Tensor image, bool again) =>
        autograd.grad([model.call(image).square().sum()], [image], create_graph: again)[0];
}
