namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something with a learning rate that a scheduler can change: a group of parameters.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate at the start, which schedules refer to.</summary>
            double InitialLearningRate { get; set; }
        }
    }
}
