namespace TorchSharp;

// Single elements, read by their place in row-major order.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The element at a place in row-major order.</summary>
        /// <typeparam name="T">The .NET type of <see cref="dtype"/>.</typeparam>
        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        /// <inheritdoc cref="ReadCpuValue"/>
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        /// <inheritdoc cref="ReadCpuValue"/>
        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);
    }
}
