namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>What a step does.</summary>
internal enum VilBlockStage
{
    /// <summary>Norm and up-projection of a tile.</summary>
    Project,

    /// <summary>Convolution, queries, keys, values and gates of a tile.</summary>
    Mix,

    /// <summary>The mLSTM of a head of a segment.</summary>
    Retrieve,

    /// <summary>Norm, gate, down-projection and residual of a tile.</summary>
    Finish,
}
