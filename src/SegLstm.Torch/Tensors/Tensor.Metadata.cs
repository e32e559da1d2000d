using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)Info.Dtype;

        /// <summary>The device that holds the data.</summary>
        public Device device
        {
            get
            {
                DoorTensorInfo info = Info;
                return info is { DeviceType: 0, DeviceIndex: -1 } ? CPU : new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        /// <summary>The index of the device, -1 where it has none.</summary>
        public int device_index => Info.DeviceIndex;

        /// <summary>The type of the device.</summary>
        public DeviceType device_type => (DeviceType)Info.DeviceType;

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Info.Dimensions;

        /// <summary>The number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Info.Elements;

        /// <summary>The number of elements.</summary>
        public long numel() => Info.Elements;

        /// <summary>The bytes of an element.</summary>
        public long ElementSize => Info.ElementSize;

        /// <summary>The bytes of an element.</summary>
        public long element_size() => Info.ElementSize;

        /// <summary>The sizes of all dimensions.</summary>
        public long[] shape => Sizes(strides: false);

        /// <summary>The sizes of all dimensions.</summary>
        public long[] size() => shape;

        /// <summary>The size of a dimension; negative counts from the end.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public long size(int dim) => Pick(shape, dim);

        /// <summary>The steps, in elements, between neighbours along each dimension.</summary>
        public long[] stride() => Sizes(strides: true);

        /// <summary>The step along a dimension; negative counts from the end.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public long stride(int dim) => Pick(stride(), dim);

        /// <summary>The first element's place in the storage, in elements.</summary>
        public long storage_offset() => Info.StorageOffset;

        /// <summary>Whether the elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => Info.IsContiguous != 0;

        /// <summary>Whether the layout is sparse.</summary>
        public bool is_sparse => Info.IsSparse != 0;

        /// <summary>Whether the data is in host memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the data is on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has a shape but no data.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the element type is an integer or bool.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the element type is a real floating-point type.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the element type is complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        private unsafe long[] Sizes(bool strides)
        {
            nint handle = Acquire();
            try
            {
                Door.TensorInfo(handle, out DoorTensorInfo info).Check();
                long* source = strides ? info.Strides : info.Sizes;
                if (source is null) throw new InvalidOperationException("This tensor's layout has no strides.");
                return new ReadOnlySpan<long>(source, (int)info.Dimensions).ToArray();
            }
            finally
            {
                Release();
            }
        }

        private static long Pick(long[] sizes, int dim)
        {
            int index = dim < 0 ? dim + sizes.Length : dim;
            return index >= 0 && index < sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"expected {-sizes.Length} to {sizes.Length - 1} for shape [{string.Join(", ", sizes)}]");
        }
    }
}
