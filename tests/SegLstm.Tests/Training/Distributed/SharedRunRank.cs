namespace SegLstm.Tests.Training.Distributed;

/// <summary>What <see cref="SharedRun.Start"/> starts.</summary>
public class SharedRunRank
{
    [Fact(Explicit = true)]
    public void Rank_of_a_training_that_another_test_starts() => SharedRun.Join();
}
