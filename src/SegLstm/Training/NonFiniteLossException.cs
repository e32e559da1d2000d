using System.Globalization;

namespace SegLstm.Training;

/// <summary>The loss or its gradient stopped being a finite number; the optimizer has not taken the step.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Describes the step that failed.</summary>
    /// <param name="quantity">"loss" or "gradient norm".</param>
    /// <param name="value">Its value: infinite or NaN.</param>
    /// <param name="iteration">0-based iteration.</param>
    /// <param name="learningRate">Learning rate of that iteration.</param>
    public NonFiniteLossException(string quantity, double value, int iteration, double learningRate)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The {quantity} is {value} at iteration {iteration} (learning rate {learningRate:0.###e+0}); the optimizer has "
                + $"not taken this step. Lower the learning rate, clip gradients, or look for non-finite pixels in the images."))
    {
        Iteration = iteration;
    }

    /// <summary>The 0-based iteration that failed.</summary>
    public int Iteration { get; }
}
