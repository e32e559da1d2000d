using SegLstm.Torch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Functions on the parameters and gradients of a whole model.</summary>
        public static partial class utils
        {
            private static readonly Operator s_vectorNorm = new("aten::linalg_vector_norm");

            /// <summary>Scales all gradients together so that their norm, taken as one vector, is at most <paramref name="max_norm"/>.</summary>
            /// <param name="tensors">The parameters; those without a gradient are passed over.</param>
            /// <param name="max_norm">The greatest norm.</param>
            /// <param name="norm_type">The p of the p-norm; infinity for the largest element.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var noGradient = no_grad();
                using var temporaries = NewDisposeScope();
                var gradients = tensors.Select(parameter => parameter.grad).OfType<Tensor>().ToList();
                if (gradients.Count == 0) return 0;
                var norms = gradients.Select(gradient => s_vectorNorm.Invoke(gradient, norm_type).to(gradients[0].device)).ToArray();
                var norm = s_vectorNorm.Invoke(stack(norms), norm_type).to_type(ScalarType.Float64).item<double>();

                // PyTorch's small number in the denominator keeps the result just below the bound.
                var factor = max_norm / (norm + 1e-6);
                if (factor < 1)
                    foreach (var gradient in gradients) gradient.mul_(factor);
                return norm;
            }

            /// <summary>Cuts every element of all gradients to the range from -<paramref name="clip_value"/> to <paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var noGradient = no_grad();
                foreach (var parameter in tensors)
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    using var clipped = gradient.clamp_(-clip_value, clip_value);
                }
            }

            /// <summary>All parameters, one after the other, as one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var temporaries = NewDisposeScope();
                return cat(tensors.Select(parameter => parameter.view(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            /// <summary>Copies a vector into the parameters, one after the other.</summary>
            /// <exception cref="ArgumentException">The vector's length is not the parameters' number of elements.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                var targets = tensors.ToList();
                var needed = targets.Sum(parameter => parameter.numel());
                if (vec.numel() != needed) throw new ArgumentException($"The parameters have {needed} elements; the vector has {vec.numel()}.", nameof(vec));
                using var noGradient = no_grad();
                using var temporaries = NewDisposeScope();
                var start = 0L;
                foreach (var parameter in targets)
                {
                    parameter.copy_(vec.narrow(0, start, parameter.numel()).view_as(parameter));
                    start += parameter.numel();
                }
            }
        }
    }
}
