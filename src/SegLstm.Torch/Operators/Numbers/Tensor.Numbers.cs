using System.Numerics;
using SegLstm.Torch;

namespace TorchSharp;

// Numbers as tensors, and tensors of one element as numbers.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(byte value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(sbyte value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(short value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(int value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(long value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(float value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(double value) => tensor(value);

        /// <summary>A tensor that holds the number.</summary>
        public static implicit operator Tensor(bool value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(byte[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(sbyte[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(short[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(int[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(long[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(float[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(double[] value) => tensor(value);

        /// <summary>A tensor that holds the numbers.</summary>
        public static implicit operator Tensor(bool[] value) => tensor(value);

        /// <summary>A tensor that holds the complex number.</summary>
        public static implicit operator Tensor((float, float) value) => tensor(value);

        /// <summary>A tensor that holds the complex numbers.</summary>
        public static implicit operator Tensor((float, float)[] value) => tensor(value);

        /// <summary>A tensor that holds the complex number.</summary>
        public static implicit operator Tensor(Complex value) => tensor(value);

        /// <summary>A tensor that holds the complex numbers.</summary>
        public static implicit operator Tensor(Complex[] value) => tensor(value);

        /// <summary>Never to be called: where a method takes both, it makes the overload for numbers the better one.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public static implicit operator Tensor(Scalar scalar) =>
            throw new InvalidOperationException("A Scalar is no tensor: pass it to an operator, or make a tensor with torch.tensor or torch.full.");

        /// <summary>The only element.</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element.</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element.</summary>
        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        /// <summary>The only element.</summary>
        public static explicit operator byte(Tensor value) => value.ToByte();

        /// <summary>The only element.</summary>
        public static explicit operator short(Tensor value) => value.ToInt16();

        /// <summary>The only element.</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element.</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>The only element.</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The only element as a scalar.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not exactly one element.</exception>
        public Scalar ToScalar()
        {
            if (is_complex())
            {
                using Tensor parts = view_as_real().flatten();
                using Tensor wide = parts.to_type(ScalarType.Float64);
                return new Complex(wide[0].item<double>(), wide[1].item<double>());
            }
            return item_op.InvokeNumber(this) switch
            {
                long integer => integer,
                bool truth => truth,
                object number => (double)number,
            };
        }

        /// <summary>The elements as nested lists of scalars; a scalar for a tensor without dimensions.</summary>
        public object tolist()
        {
            if (Dimensions == 0) return ToScalar();
            var list = new System.Collections.ArrayList();
            foreach (Tensor slice in unbind())
            {
                using (slice) list.Add(slice.tolist());
            }
            return list;
        }

        private static readonly Operator item_op = new("aten::item");
    }
}
