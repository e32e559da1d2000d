namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>What follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution.</summary>
                Conv1D = 1,

                /// <summary>A convolution.</summary>
                Conv2D = 2,

                /// <summary>A convolution.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>The sigmoid.</summary>
                Sigmoid = 7,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>ReLU.</summary>
                ReLU = 9,

                /// <summary>Leaky ReLU.</summary>
                LeakyReLU = 10,
            }
        }
    }
}
