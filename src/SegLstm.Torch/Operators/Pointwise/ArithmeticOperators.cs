using SegLstm.Torch;

namespace TorchSharp;

// The arithmetic operators of C#. Numbers go to the operator as they are, without a Scalar in between.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, with broadcasting.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => add_scalar_op.Invoke(right, left);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, int right) => add_scalar_op.Invoke(left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, long right) => add_scalar_op.Invoke(left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, float right) => add_scalar_op.Invoke(left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, double right) => add_scalar_op.Invoke(left, right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(int left, Tensor right) => add_scalar_op.Invoke(right, left);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(long left, Tensor right) => add_scalar_op.Invoke(right, left);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(float left, Tensor right) => add_scalar_op.Invoke(right, left);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(double left, Tensor right) => add_scalar_op.Invoke(right, left);

        /// <summary>Difference, with broadcasting.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => rsub_scalar_op.Invoke(right, left);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, int right) => sub_scalar_op.Invoke(left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, long right) => sub_scalar_op.Invoke(left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, float right) => sub_scalar_op.Invoke(left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, double right) => sub_scalar_op.Invoke(left, right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(int left, Tensor right) => rsub_scalar_op.Invoke(right, left);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(long left, Tensor right) => rsub_scalar_op.Invoke(right, left);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(float left, Tensor right) => rsub_scalar_op.Invoke(right, left);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(double left, Tensor right) => rsub_scalar_op.Invoke(right, left);

        /// <summary>Product, with broadcasting.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => mul_scalar_op.Invoke(right, left);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, int right) => mul_scalar_op.Invoke(left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, long right) => mul_scalar_op.Invoke(left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, float right) => mul_scalar_op.Invoke(left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, double right) => mul_scalar_op.Invoke(left, right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(int left, Tensor right) => mul_scalar_op.Invoke(right, left);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(long left, Tensor right) => mul_scalar_op.Invoke(right, left);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(float left, Tensor right) => mul_scalar_op.Invoke(right, left);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(double left, Tensor right) => mul_scalar_op.Invoke(right, left);

        /// <summary>Quotient, with broadcasting.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, int right) => div_scalar_op.Invoke(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, long right) => div_scalar_op.Invoke(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, float right) => div_scalar_op.Invoke(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, double right) => div_scalar_op.Invoke(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);

        /// <summary>Remainder, with the sign of the divisor,, with broadcasting.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor, with a number.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor, with a number.</summary>
        public static Tensor operator %(Tensor left, int right) => remainder_scalar_op.Invoke(left, right);

        /// <summary>Remainder, with the sign of the divisor, with a number.</summary>
        public static Tensor operator %(Tensor left, long right) => remainder_scalar_op.Invoke(left, right);

        /// <summary>Remainder, with the sign of the divisor, with a number.</summary>
        public static Tensor operator %(Tensor left, float right) => remainder_scalar_op.Invoke(left, right);

        /// <summary>Remainder, with the sign of the divisor, with a number.</summary>
        public static Tensor operator %(Tensor left, double right) => remainder_scalar_op.Invoke(left, right);

        /// <summary>Bitwise and; logical and of booleans.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>Bitwise or; logical or of booleans.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>Bitwise exclusive or.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        /// <summary>Bitwise not; logical not of booleans.</summary>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        /// <summary>The negative of each element.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        private static Tensor Quotient(Argument left, Tensor right)
        {
            using Tensor inverse = right.reciprocal();
            return mul_scalar_op.Invoke(inverse, left);
        }

        private static readonly Operator rsub_scalar_op = new("aten::rsub", "Scalar");
    }
}
