namespace TorchSharp;

// Conversions to complex types, and by a function.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>As complex numbers of single precision.</summary>
        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);

        /// <summary>As complex numbers of double precision.</summary>
        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        /// <summary>What the function makes of the tensor, such as <c>t.type(FloatTensor)</c>.</summary>
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        private Tensor As(ScalarType? type) => type is { } wanted ? to_type(wanted) : this;
    }
}
