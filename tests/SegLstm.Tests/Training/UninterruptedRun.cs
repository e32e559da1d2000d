namespace SegLstm.Tests.Training;

/// <summary>The run that all resumed ones are compared with, made once.</summary>
public sealed class UninterruptedRun
{
    internal RunTrace Trace { get; } = ResumableRun.Whole();
}
