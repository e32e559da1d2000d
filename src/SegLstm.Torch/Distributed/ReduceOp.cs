namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>How <see cref="all_reduce"/> makes one value of those of all ranks.</summary>
        public enum ReduceOp
        {
            /// <summary>Their sum.</summary>
            SUM = 0,

            /// <summary>Their product.</summary>
            PRODUCT = 2,

            /// <summary>The least.</summary>
            MIN = 3,

            /// <summary>The greatest.</summary>
            MAX = 4,
        }
    }
}
