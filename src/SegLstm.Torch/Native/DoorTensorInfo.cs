using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>What a tensor looks like: <c>struct TensorInfo</c> of src/native/door.h. The pointers live as long as the tensor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DoorTensorInfo
{
    internal long Dimensions;
    internal long* Sizes;
    internal long* Strides;
    internal long Elements;
    internal long ElementSize;
    internal long StorageOffset;
    internal void* Data;
    internal int Dtype;
    internal int DeviceType;
    internal int DeviceIndex;
    internal byte RequiresGrad;
    internal byte IsLeaf;
    internal byte IsContiguous;
    internal byte IsSparse;
}
