using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

/// <summary>A module with every kind of component: a named parameter, a submodule, and two buffers of which one does not persist.</summary>
internal sealed class Parts : Module<Tensor, Tensor>
{
    [ComponentName(Name = "scale_of_all")] private readonly Parameter _scale = Parameter(full(1, 2.0f));
    private readonly Linear projection = Linear(3, 2);
    private readonly Tensor offset = full(2, 1.0f);
    private readonly Tensor count = tensor(7L);
    private readonly string label = "no component";

    public Parts(bool register = true) : base(nameof(Parts))
    {
        if (register) RegisterComponents();
        register_buffer("scratch", zeros(4), persistent: false);
    }

    public string Label => label;

    public override Tensor forward(Tensor input) => projection.call(input) * _scale + offset + count * 0;
}
