namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something with Adam's two averaging coefficients, which a scheduler can change.</summary>
        public interface IBetas
        {
            /// <summary>The coefficients of the running averages of the gradient and of its square.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
