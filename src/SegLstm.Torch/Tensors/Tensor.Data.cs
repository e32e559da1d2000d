using System.Numerics;
using SegLstm.Torch.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, read and written in place, in row-major order whatever the strides.</summary>
        /// <typeparam name="T">The .NET type of <see cref="dtype"/>.</typeparam>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type.</exception>
        /// <exception cref="InvalidOperationException">The data is not in host memory.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <typeparam name="T">The .NET type of <see cref="dtype"/>.</typeparam>
        /// <exception cref="ArgumentException">There is more than one element, or the type differs.</exception>
        public T item<T>() where T : unmanaged
        {
            long count = NumberOfElements;
            if (count != 1) throw new ArgumentException($"item() takes a tensor of one element, got {count} (shape [{string.Join(", ", shape)}])");
            using Tensor? host = is_cpu() ? null : cpu();
            using TensorAccessor<T> values = (host ?? this).data<T>();
            return values[0];
        }

        /// <summary>The bytes of a contiguous tensor in host memory, in place. Valid as long as the tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous, or not in host memory.</exception>
        /// <exception cref="ArgumentException">More than 2^31 - 1 bytes; or, in the setter, another number of bytes.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                DoorTensorInfo info = RequireContiguousHost();
                long length = info.Elements * info.ElementSize;
                if (length > int.MaxValue) throw new ArgumentException($"a span holds at most {int.MaxValue} bytes, this tensor has {length}");
                return new Span<byte>(info.Data, (int)length);
            }

            set
            {
                DoorTensorInfo info = RequireContiguousHost();
                long length = info.Elements * info.ElementSize;
                if (value.Length != length) throw new ArgumentException($"this tensor has {length} bytes, got {value.Length}");
                value.CopyTo(new Span<byte>(info.Data, value.Length));
            }
        }

        internal void ValidateType(Type type)
        {
            Type? expected = ClrType(dtype);
            if (type != expected)
                throw new ArgumentException($"{type.Name} is not the .NET type of {dtype}: use {expected?.Name ?? "bytes"}, or convert with to_type()");
        }

        internal static Type? ClrType(ScalarType type) => type switch
        {
            ScalarType.Byte => typeof(byte),
            ScalarType.Int8 => typeof(sbyte),
            ScalarType.Int16 => typeof(short),
            ScalarType.Int32 => typeof(int),
            ScalarType.Int64 => typeof(long),
            ScalarType.Float16 => typeof(Half),
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            ScalarType.Bool => typeof(bool),
            ScalarType.ComplexFloat32 => typeof((float, float)),
            ScalarType.ComplexFloat64 => typeof(Complex),
            _ => null,
        };

        private DoorTensorInfo RequireContiguousHost()
        {
            DoorTensorInfo info = Info;
            if (info.DeviceType != (int)DeviceType.CPU)
                throw new InvalidOperationException($"The data is on {device}, not in host memory: call cpu() first.");
            if (info.IsContiguous == 0)
                throw new InvalidOperationException($"The tensor (shape [{string.Join(", ", shape)}]) is not contiguous: call contiguous() first.");
            return info;
        }
    }
}
