using System.Runtime.InteropServices;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>Processes could not be joined, or one of them went away.</summary>
        public sealed class DistError : ExternalException
        {
            /// <summary>Says what failed.</summary>
            public DistError(string message, Exception? inner = null) : base(message, inner)
            {
            }
        }

        internal static void Check(DoorStatus status, string doing)
        {
            try
            {
                status.Check();
            }
            catch (ExternalException error)
            {
                throw new DistError($"{doing}: {error.Message.Split('\n')[0].TrimEnd()}", error);
            }
        }
    }
}
