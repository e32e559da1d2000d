using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests;

/// <summary>Models without numbers, for counting the parameters of large ones: on the device "meta", tensors have shapes
/// only.</summary>
internal static class Unallocated
{
    public static T Make<T>(Func<T> make)
    {
        var device = get_default_device();
        set_default_device(META);
        try
        {
            return make();
        }
        finally
        {
            set_default_device(device);
        }
    }
}
