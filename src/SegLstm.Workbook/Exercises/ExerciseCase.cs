using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>One input of an exercise, which the reader does not see beforehand.</summary>
/// <param name="Name">The input in words, such as "a sequence of 7 tokens".</param>
/// <param name="Ask">Puts the input to an answer; null where there is none yet.</param>
/// <param name="Reference">The library's own answer; a new tensor.</param>
/// <typeparam name="TAnswer">The function that the reader writes.</typeparam>
internal sealed record ExerciseCase<TAnswer>(string Name, Func<TAnswer, Tensor?> Ask, Func<Tensor> Reference);
