namespace SegLstm.Training;

/// <summary>Several observers of one training run; each is told of everything, in their order.</summary>
/// <param name="observers">The observers.</param>
public sealed class ObserverGroup(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    /// <inheritdoc />
    public void Started(TrainingPlan plan)
    {
        foreach (ITrainingObserver observer in observers) observer.Started(plan);
    }

    /// <inheritdoc />
    public void Resumed(ResumeReport resume)
    {
        foreach (ITrainingObserver observer in observers) observer.Resumed(resume);
    }

    /// <inheritdoc />
    public void Stepped(StepReport step)
    {
        foreach (ITrainingObserver observer in observers) observer.Stepped(step);
    }

    /// <inheritdoc />
    public void Validated(ValidationReport validation)
    {
        foreach (ITrainingObserver observer in observers) observer.Validated(validation);
    }
}
