using SegLstm.Torch;

namespace TorchSharp;

// The error function, the gamma function and their kin.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The error function of each element.</summary>
        public Tensor erf() => erf_op.Invoke(this);

        /// <summary>In place: the error function of each element.</summary>
        public Tensor erf_() { erf_inplace_op.InvokeVoid(this); return this; }

        /// <summary>1 minus the error function, precise for large arguments.</summary>
        public Tensor erfc() => erfc_op.Invoke(this);

        /// <summary>In place: 1 minus the error function, precise for large arguments.</summary>
        public Tensor erfc_() { erfc_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The inverse of the error function.</summary>
        public Tensor erfinv() => erfinv_op.Invoke(this);

        /// <summary>In place: the inverse of the error function.</summary>
        public Tensor erfinv_() { erfinv_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The logarithm of the absolute value of the gamma function.</summary>
        public Tensor lgamma() => lgamma_op.Invoke(this);

        /// <summary>In place: the logarithm of the absolute value of the gamma function.</summary>
        public Tensor lgamma_() { lgamma_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The derivative of the logarithm of the gamma function.</summary>
        public Tensor digamma() => digamma_op.Invoke(this);

        /// <summary>In place: the derivative of the logarithm of the gamma function.</summary>
        public Tensor digamma_() { digamma_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The <c>p</c>-th derivative of the digamma function.</summary>
        public Tensor polygamma(long p) => polygamma_op.Invoke(p, this);

        /// <summary>In place: the <c>p</c>-th derivative of the digamma function.</summary>
        public Tensor polygamma_(long p) { polygamma_inplace_op.InvokeVoid(this, p); return this; }

        /// <summary>The logarithm of the multivariate gamma function of dimension <c>p</c>.</summary>
        public Tensor mvlgamma(long p) => mvlgamma_op.Invoke(this, p);

        /// <summary>In place: the logarithm of the multivariate gamma function of dimension <c>p</c>.</summary>
        public Tensor mvlgamma_(long p) { mvlgamma_inplace_op.InvokeVoid(this, p); return this; }

        /// <summary>The regularised lower incomplete gamma function.</summary>
        public Tensor igamma(Tensor other) => igamma_op.Invoke(this, other);

        /// <summary>The regularised upper incomplete gamma function.</summary>
        public Tensor igammac(Tensor other) => igammac_op.Invoke(this, other);

        /// <summary>The modified Bessel function of the first kind of order 0.</summary>
        public Tensor i0() => i0_op.Invoke(this);

        /// <summary>log(x / (1 - x)), with x limited to [eps, 1 - eps] where <c>eps</c> is given.</summary>
        public Tensor logit(double? eps = null) => logit_op.Invoke(this, eps);

        private static readonly Operator
            digamma_inplace_op = new("aten::digamma_"),
            digamma_op = new("aten::digamma"),
            erf_inplace_op = new("aten::erf_"),
            erf_op = new("aten::erf"),
            erfc_inplace_op = new("aten::erfc_"),
            erfc_op = new("aten::erfc"),
            erfinv_inplace_op = new("aten::erfinv_"),
            erfinv_op = new("aten::erfinv"),
            i0_op = new("aten::i0"),
            igamma_op = new("aten::igamma"),
            igammac_op = new("aten::igammac"),
            lgamma_inplace_op = new("aten::lgamma_"),
            lgamma_op = new("aten::lgamma"),
            logit_op = new("aten::logit"),
            mvlgamma_inplace_op = new("aten::mvlgamma_"),
            mvlgamma_op = new("aten::mvlgamma"),
            polygamma_inplace_op = new("aten::polygamma_"),
            polygamma_op = new("aten::polygamma");
    }

    /// <inheritdoc cref="Tensor.erf()"/>
    public static Tensor erf(Tensor input) => input.erf();

    /// <inheritdoc cref="Tensor.erf_()"/>
    public static Tensor erf_(Tensor input) => input.erf_();

    /// <inheritdoc cref="Tensor.erfc()"/>
    public static Tensor erfc(Tensor input) => input.erfc();

    /// <inheritdoc cref="Tensor.erfc_()"/>
    public static Tensor erfc_(Tensor input) => input.erfc_();

    /// <inheritdoc cref="Tensor.erfinv()"/>
    public static Tensor erfinv(Tensor input) => input.erfinv();

    /// <inheritdoc cref="Tensor.erfinv_()"/>
    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    /// <inheritdoc cref="Tensor.lgamma()"/>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <inheritdoc cref="Tensor.lgamma_()"/>
    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    /// <inheritdoc cref="Tensor.digamma()"/>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <inheritdoc cref="Tensor.digamma_()"/>
    public static Tensor digamma_(Tensor input) => input.digamma_();

    /// <inheritdoc cref="Tensor.polygamma(long)"/>
    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    /// <inheritdoc cref="Tensor.polygamma_(long)"/>
    public static Tensor polygamma_(Tensor input, long p) => input.polygamma_(p);

    /// <inheritdoc cref="Tensor.mvlgamma(long)"/>
    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);

    /// <inheritdoc cref="Tensor.mvlgamma_(long)"/>
    public static Tensor mvlgamma_(Tensor input, long p) => input.mvlgamma_(p);

    /// <inheritdoc cref="Tensor.igamma(Tensor)"/>
    public static Tensor igamma(Tensor input, Tensor other) => input.igamma(other);

    /// <inheritdoc cref="Tensor.igammac(Tensor)"/>
    public static Tensor igammac(Tensor input, Tensor other) => input.igammac(other);

    /// <inheritdoc cref="Tensor.i0()"/>
    public static Tensor i0(Tensor input) => input.i0();

    /// <inheritdoc cref="Tensor.logit(double?)"/>
    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);
}
