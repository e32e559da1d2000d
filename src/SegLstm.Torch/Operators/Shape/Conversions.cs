namespace TorchSharp;

// Conversions to the less usual element types, and by a function.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>As 16-bit integers.</summary>
        public Tensor @short() => to_type(ScalarType.Int16);

        /// <summary>As complex numbers of single precision.</summary>
        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);

        /// <summary>As complex numbers of double precision.</summary>
        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        /// <summary>What the function makes of the tensor, such as <c>t.type(FloatTensor)</c>.</summary>
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        private Tensor As(ScalarType? type) => type is { } wanted ? to_type(wanted) : this;
    }

    /// <summary>The tensor as truth values.</summary>
    public static Tensor BoolTensor(Tensor t) => t.@bool();

    /// <summary>The tensor as 8-bit unsigned integers.</summary>
    public static Tensor ByteTensor(Tensor t) => t.@byte();

    /// <summary>The tensor as 16-bit integers.</summary>
    public static Tensor ShortTensor(Tensor t) => t.@short();

    /// <summary>The tensor as 32-bit integers.</summary>
    public static Tensor IntTensor(Tensor t) => t.@int();

    /// <summary>The tensor as 64-bit integers.</summary>
    public static Tensor LongTensor(Tensor t) => t.@long();

    /// <summary>The tensor in single precision.</summary>
    public static Tensor FloatTensor(Tensor t) => t.@float();

    /// <summary>The tensor in double precision.</summary>
    public static Tensor DoubleTensor(Tensor t) => t.@double();
}
