using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>The processes that train one model together, where all do the same at the same time, each on its part of every batch; or
/// that make one map together.</summary>
public abstract class Ranks : IDisposable
{
    private protected Ranks(int rank, int count) => (Rank, Count) = (rank, count);

    /// <summary>Number of this process, from 0.</summary>
    public int Rank { get; }

    /// <summary>Number of processes.</summary>
    public int Count { get; }

    /// <summary>Whether this is the process that writes files and speaks to the user.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Joins this process with the others of its job.</summary>
    /// <param name="place">Which of them it is, and where they meet.</param>
    /// <param name="timeout">How long to wait for the others, here and in every exchange.</param>
    /// <exception cref="LostRankException">Others did not come in time, which are named, or cannot be reached.</exception>
    /// <exception cref="NotSupportedException">The build has no process groups.</exception>
    public static Ranks Join(RankPlace place, TimeSpan timeout) =>
#if TORCHSHARP
        throw new NotSupportedException("This build runs on the TorchSharp package, which has no process groups: train in one process.");
#else
        new GlooRanks(place, timeout);
#endif

    /// <summary>Rank 0 works, and the others wait for as long as it takes.</summary>
    /// <param name="work">What rank 0 does.</param>
    /// <exception cref="LostRankException">Rank 0 went away.</exception>
    public abstract void AfterFirst(Action work);

    /// <summary>Leaves the others.</summary>
    public abstract void Dispose();

    /// <summary>What a failure says of another rank, wherever in a step it came up, a batch norm for one; null where it is no such
    /// failure.</summary>
    internal abstract LostRankException? Lost(Exception fault);

    /// <summary>Items of several that are this rank's: as many for each, one more for the first ones where that does not come out
    /// even.</summary>
    /// <param name="size">How many there are.</param>
    internal (int First, int Count) Part(int size)
    {
        int First(int rank) => rank * (size / Count) + Math.Min(rank, size % Count);
        return (First(Rank), First(Rank + 1) - First(Rank));
    }

    /// <summary>Adds to a number that all ranks see, without waiting for them.</summary>
    /// <param name="name">The number's name; it begins with 0.</param>
    /// <param name="more">What is added; 0 asks for it.</param>
    /// <returns>The number.</returns>
    /// <exception cref="LostRankException">Rank 0 went away.</exception>
    internal abstract long Tally(string name, long more);

    /// <summary>Gives all ranks the sum of their numbers.</summary>
    /// <exception cref="LostRankException">Another rank went away.</exception>
    internal abstract void Sum(double[] values);

    /// <summary>Gives all ranks the sum of their tensors, in place.</summary>
    /// <exception cref="LostRankException">Another rank went away.</exception>
    internal abstract void Sum(Tensor tensor);

    /// <summary>Begins to give all ranks the sum of their tensors, in place; other exchanges do not wait for it.</summary>
    /// <returns>Waits for it.</returns>
    internal abstract Action BeginSum(Tensor tensor);

    /// <summary>Gives all ranks the tensor of rank 0, in place.</summary>
    /// <exception cref="LostRankException">Another rank went away.</exception>
    internal abstract void Broadcast(Tensor tensor);

    /// <summary>Has something told of each gradient of a parameter, before it is added to those that the parameter has.</summary>
    /// <returns>Ends it.</returns>
    internal abstract IDisposable Watch(Parameter parameter, Action<Tensor> tell);

    /// <summary>Whether the batch norms of a model normalise by the batches of all ranks.</summary>
    internal abstract void JoinNorms(nn.Module model, bool joined);
}
