namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Where the tokens of a block's chunk lie in tensors. Tiles are <c>(tokens, lanes)</c> in the order of the scan.</summary>
/// <param name="shape">Sizes.</param>
internal abstract unsafe class ScanLayout<T>(ScanShape shape)
    where T : unmanaged
{
    /// <summary>Sizes.</summary>
    protected ScanShape Shape { get; } = shape;

    /// <summary>Elements of the copy that <see cref="Weights"/> may make.</summary>
    public abstract int WeightElements { get; }

    /// <summary>Reads a chunk of a block. Lanes without a channel become 0.</summary>
    public abstract void Read(T* tensor, Sharing sharing, int sample, int block, int chunk, T* tile);

    /// <summary>Writes a chunk of a block; what orders share is added to from the second order on.</summary>
    public abstract void Write(T* tile, T* tensor, Sharing sharing, int sample, int block, int chunk);

    /// <summary>Asks for a chunk of a block of a tensor, or of none, to be in the second cache when it is needed.</summary>
    public abstract void Expect(T* tensor, Sharing sharing, int sample, int block, int chunk);

    /// <summary>The weights of a chunk's first token, where they lie or copied.</summary>
    /// <param name="weights">The tensor.</param>
    /// <param name="steps">Where it has what.</param>
    /// <param name="groups">Groups of channels, or orders.</param>
    /// <param name="sample">Sample.</param>
    /// <param name="block">Block.</param>
    /// <param name="chunk">Chunk.</param>
    /// <param name="copy">Room for <see cref="WeightElements"/>.</param>
    public abstract T* Weights(T* weights, in WeightSteps steps, int groups, int sample, int block, int chunk, T* copy);

    /// <summary>Elements from there to the weights of the scan's next token.</summary>
    public abstract nint WeightStep(in WeightSteps steps);

    /// <summary>Writes sums over the lanes as gradients of a chunk's weights.</summary>
    /// <param name="tile">Tile <c>(tokens, states, lanes)</c>.</param>
    /// <param name="states">As many states as are computed together, or one.</param>
    /// <param name="block">A block of the order.</param>
    /// <param name="chunk">Chunk.</param>
    /// <param name="target">Gradients <c>(L, N)</c>, from the first of these states on.</param>
    public abstract void WriteSums(T* tile, int states, int block, int chunk, T* target);
}
