using SegLstm.Torch;

namespace TorchSharp;

// Transposes and parts, as properties.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view with the dimensions in reverse order.</summary>
        public Tensor T => numpy_T_op.Invoke(this);

        /// <summary>The conjugate transpose of a matrix.</summary>
        public Tensor H => matrix_H_op.Invoke(this);

        /// <summary>The transposes of the matrices of the last two dimensions.</summary>
        public Tensor mT => mT_op.Invoke(this);

        /// <summary>The conjugate transposes of the matrices of the last two dimensions.</summary>
        public Tensor mH => mH_op.Invoke(this);

        /// <summary>The real parts, as a view; a real tensor itself.</summary>
        public Tensor real => torch.real(this);

        /// <summary>The imaginary parts, as a view.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The tensor is not complex.</exception>
        public Tensor imag => torch.imag(this);

        private static readonly Operator
            mH_op = new("aten::mH"),
            mT_op = new("aten::mT"),
            matrix_H_op = new("aten::matrix_H"),
            numpy_T_op = new("aten::numpy_T");
    }
}
