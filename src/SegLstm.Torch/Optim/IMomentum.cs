namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something with a momentum that a scheduler can change.</summary>
        public interface IMomentum
        {
            /// <summary>How much of the last step goes into the next.</summary>
            double Momentum { get; set; }
        }
    }
}
