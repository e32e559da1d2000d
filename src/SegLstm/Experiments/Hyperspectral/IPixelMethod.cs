namespace SegLstm.Experiments.Hyperspectral;

/// <summary>Something that learns from the training pixels of a problem and names the classes of its test pixels.</summary>
public interface IPixelMethod
{
    /// <summary>Its name in tables.</summary>
    string Name { get; }

    /// <summary>Learns and classifies.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A class for each test pixel, from 0, in their order.</returns>
    int[] Classify(PixelProblem problem, CancellationToken stop);
}
