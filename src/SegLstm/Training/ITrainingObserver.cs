namespace SegLstm.Training;

/// <summary>Is told how a training run goes: a console, a notebook cell, a test. Every member may be left out.</summary>
public interface ITrainingObserver
{
    /// <summary>Before the first iteration.</summary>
    void Started(TrainingPlan plan)
    {
    }

    /// <summary>Before the first iteration, where the run goes on from a training state.</summary>
    void Resumed(ResumeReport resume)
    {
    }

    /// <summary>After each iteration; what the run's metrics say of it is written.</summary>
    void Stepped(StepReport step)
    {
    }

    /// <summary>After each validation; what the run's metrics say of it is written.</summary>
    void Validated(ValidationReport validation)
    {
    }
}
