using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__
    {
        get
        {
            DoorLoader.EnsureLoaded();
            return DoorLoader.TorchVersion;
        }
    }

    /// <summary>The number of threads that an operator uses.</summary>
    public static int get_num_threads()
    {
        Door.Threads(out int count).Check();
        return count;
    }

    /// <summary>Sets the number of threads that an operator uses.</summary>
    public static void set_num_threads(int num) => Door.SetThreads(num).Check();

    /// <summary>The number of threads between operators.</summary>
    public static int get_num_interop_threads()
    {
        Door.InteropThreads(out int count).Check();
        return count;
    }

    /// <summary>Sets the number of threads between operators; once, before the first parallel work.</summary>
    public static void set_num_interop_threads(int num) => Door.SetInteropThreads(num).Check();

    /// <summary>Whether a CUDA device can be used.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA GPUs.</summary>
    public static partial class cuda
    {
        /// <summary>Whether a CUDA device can be used.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>The number of CUDA devices that can be used.</summary>
        public static int device_count()
        {
            Door.CudaDevices(out int count).Check();
            return count;
        }

        /// <summary>Waits until all work queued on a device is done.</summary>
        public static void synchronize(Device? device = null) => Door.CudaSynchronize(device?.index ?? -1).Check();
    }
}
