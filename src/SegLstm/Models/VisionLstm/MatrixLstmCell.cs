using SegLstm.Kernels.DenseLinear;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.VilBlock;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>The mLSTM with its gates and its norm: queries, keys and values in, normalised retrieved values out.</summary>
/// <remarks>
/// One input and one forget gate a head and token, from the concatenation of q, k and v over all heads. There is no output gate
/// here: the layer's SiLU branch takes that place. Names <c>igate, fgate, outnorm</c>. Source: NX-AI/vision-lstm,
/// <c>MatrixLSTMCell</c>.
/// </remarks>
public sealed class MatrixLstmCell : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Linear igate;
    private readonly Linear fgate;
    private readonly HeadwiseLayerNorm outnorm;
    private readonly long heads;
    private readonly MlstmOptions options;

    /// <summary>Makes the cell.</summary>
    /// <param name="dim">E, all heads together.</param>
    /// <param name="heads">H.</param>
    /// <param name="normBias">Bias of the norm.</param>
    /// <param name="options">How the mLSTM is computed.</param>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    public MatrixLstmCell(long dim, long heads, bool normBias, MlstmOptions? options = null) : base(nameof(MatrixLstmCell))
    {
        if (dim % heads != 0)
        {
            throw new ArgumentException($"{dim} channels do not divide into {heads} heads.", nameof(dim));
        }

        (this.heads, this.options) = (heads, options ?? new MlstmOptions());
        igate = nn.Linear(3 * dim, heads);
        fgate = nn.Linear(3 * dim, heads);
        outnorm = new HeadwiseLayerNorm(dim, normBias);
        nn.init.zeros_(igate.weight!);
        nn.init.normal_(igate.bias!, 0, 0.1);
        nn.init.zeros_(fgate.weight!);
        // Forget gates start between sigmoid(3) = 0.953 and sigmoid(6) = 0.998: from a memory of ~20 tokens to one of ~400.
        using (no_grad())
        {
            fgate.bias!.copy_(linspace(3, 6, heads));
        }

        RegisterComponents();
    }

    /// <summary>Parameters of the input gate.</summary>
    internal Affine InputGate => new(igate.weight!, igate.bias);

    /// <summary>Parameters of the forget gate.</summary>
    internal Affine ForgetGate => new(fgate.weight!, fgate.bias);

    /// <summary>Parameters of the norm.</summary>
    internal Affine OutNorm => outnorm.Parameters;

    /// <summary>Whether its norm has hooks, which only its own call runs.</summary>
    internal bool AreWatched => outnorm.HasHooks;

    /// <summary>q, k, v <c>(B, S, E)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor q, Tensor k, Tensor v) => forward(q, k, v, reverse: false);

    /// <summary>The same, where the last token may be read first.</summary>
    public Tensor forward(Tensor q, Tensor k, Tensor v, bool reverse)
    {
        using var scope = NewDisposeScope();
        var gates = Gates(q, k, v).transpose(1, 2);
        var h = options.Run(Split(q), Split(k), Split(v), gates.narrow(1, 0, heads), gates.narrow(1, heads, heads), reverse);
        return outnorm.call(h).MoveToOuterDisposeScope();
    }

    /// <summary>Both gates of every head <c>(B, S, 2H)</c>, before their activation. Joined, q, k and v would be copied only to be
    /// multiplied once.</summary>
    private Tensor Gates(Tensor q, Tensor k, Tensor v)
    {
        var weights = cat([igate.weight!, fgate.weight!], 0).chunk(3, 1);
        var biases = cat([igate.bias!, fgate.bias!], 0);
        return DenseLinear.Forward(q, weights[0]) + DenseLinear.Forward(k, weights[1]) + DenseLinear.Forward(v, weights[2], biases);
    }

    /// <summary><c>(B, S, E)</c> to <c>(B, H, S, E/H)</c>.</summary>
    private Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
}
