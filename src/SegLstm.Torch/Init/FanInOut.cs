namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Which fan keeps the variance of its values.</summary>
            public enum FanInOut
            {
                /// <summary>The inputs of an output: the forward pass.</summary>
                FanIn = 0,

                /// <summary>The outputs of an input: the backward pass.</summary>
                FanOut = 1,
            }
        }
    }
}
