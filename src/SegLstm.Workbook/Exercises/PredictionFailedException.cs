namespace SegLstm.Workbook.Exercises;

/// <summary>What a notebook's text says is not what its cell found.</summary>
/// <param name="message">Quantity, value and expectation.</param>
public sealed class PredictionFailedException(string message) : Exception(message);
