namespace SegLstm.Kernels.Mlstm;

/// <summary>Which of the equivalent forms of the mLSTM a layer computes.</summary>
public enum MlstmForm
{
    /// <summary><see cref="Mlstm"/>: in one piece for short sequences, in chunks above <see cref="MlstmOptions.ParallelUpTo"/>
    /// tokens.</summary>
    Automatic,

    /// <summary><see cref="MlstmSequence"/>, likewise: on torch operators, so that gradients can be differentiated
    /// again.</summary>
    Sequence,

    /// <summary><see cref="MlstmParallel.Forward"/>.</summary>
    Parallel,

    /// <summary><see cref="MlstmParallel.ForwardStable"/>: parallel, without cancellation in long forget-gate sums.</summary>
    ParallelStable,

    /// <summary><see cref="MlstmChunkwise"/>.</summary>
    Chunkwise,

    /// <summary><see cref="MlstmRecurrent"/>.</summary>
    Recurrent,
}
