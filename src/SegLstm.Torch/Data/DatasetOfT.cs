namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            /// <summary>Samples by index.</summary>
            /// <typeparam name="T">The type of a sample.</typeparam>
            public abstract class Dataset<T> : IDisposable
            {
                /// <summary>How many samples there are.</summary>
                public abstract long Count { get; }

                /// <summary>One sample. A loader with several workers calls this from several threads at once.</summary>
                public abstract T GetTensor(long index);

                /// <summary>Disposes what the data set holds.</summary>
                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                /// <summary>Disposes what the data set holds.</summary>
                protected virtual void Dispose(bool disposing)
                {
                }
            }
        }
    }
}
