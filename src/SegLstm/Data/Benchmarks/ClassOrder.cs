namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Two orders of the six ISPRS classes that go round. Scores are the same, numbers in label files and predictions are not.
/// </summary>
public enum ClassOrder
{
    /// <summary>mmsegmentation's, and Seg-LSTM's: impervious surface, building, low vegetation, tree, car, clutter. The default.</summary>
    Mmsegmentation,

    /// <summary>torchgeo's: clutter, impervious surface, building, low vegetation, tree, car.</summary>
    Torchgeo,
}
