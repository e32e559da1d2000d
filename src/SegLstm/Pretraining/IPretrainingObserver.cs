namespace SegLstm.Pretraining;

/// <summary>Is told how pre-training goes: a console, a notebook cell, a test. Every member may be left out.</summary>
public interface IPretrainingObserver
{
    /// <summary>After each step.</summary>
    void Stepped(PretrainingStep step)
    {
    }

    /// <summary>After each pass over the tiles, once its checkpoints are written.</summary>
    void Passed(PretrainingEpoch epoch)
    {
    }
}
