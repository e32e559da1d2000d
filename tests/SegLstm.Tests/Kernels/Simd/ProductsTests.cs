using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Kernels.Simd;

public sealed unsafe class ProductsTests
{
    [Fact]
    public void Products_are_the_sums_of_their_definition_at_all_sizes()
    {
        Check<Lanes128<double>, Vector128<double>>();
        Check<Lanes256<double>, Vector256<double>>();
        Check<Lanes512<double>, Vector512<double>>();
    }

    private static void Check<TLanes, TVector>()
        where TLanes : ILanes<TVector, double>
        where TVector : unmanaged
    {
        foreach (var rows in new[] { 4, 8, 12, 24 })
        {
            foreach (var inner in new[] { 0, 1, 7 })
            {
                for (var vectors = 1; vectors <= 13; vectors++)
                {
                    foreach (var terms in Enum.GetValues<Terms>())
                    {
                        Check<TLanes, TVector>(rows, inner, vectors, turned: false, terms);
                        Check<TLanes, TVector>(rows, inner, vectors, turned: true, terms);
                    }
                }
            }
        }
    }

    private static void Check<TLanes, TVector>(int rows, int inner, int vectors, bool turned, Terms terms)
        where TLanes : ILanes<TVector, double>
        where TVector : unmanaged
    {
        // Rows are further apart than they are long: what lies between must stay as it is.
        var (width, lanes) = (vectors * TLanes.Count, TLanes.Count);
        var step = width + lanes;
        var random = new Random(rows + (100 * vectors));
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        double[] a = Numbers(rows * Math.Max(inner, 1)), b = Numbers(Math.Max(inner, 1) * step), c = Numbers(rows * step);
        double[] one = Numbers(width), beta = Numbers(rows), alpha = Numbers(rows);
        var (aRow, aColumn) = turned ? (1, rows) : (Math.Max(inner, 1), 1);
        var expected = (double[])c.Clone();
        for (var r = 0; r < rows; r++)
        {
            for (var column = 0; column < width; column++)
            {
                var sum = terms switch
                {
                    Terms.Own => beta[r] * c[(r * step) + column],
                    Terms.OneRow => beta[r] * one[column],
                    _ => 0,
                };
                for (var k = 0; k < inner; k++)
                {
                    sum += a[(r * aRow) + (k * aColumn)] * b[(k * step) + column];
                }

                expected[(r * step) + column] = terms is Terms.Factor or Terms.OneRow ? alpha[r] * sum : sum;
            }
        }

        fixed (double* pa = a, pb = b, pc = c, pOne = one, pBeta = beta, pAlpha = alpha)
        {
            Panels<double> result = new(pc, step, lanes);
            var given = terms switch
            {
                Terms.Own => new RowTerms<double>(result, pBeta, null),
                Terms.OneRow => new RowTerms<double>(new Panels<double>(pOne, 0, lanes), pBeta, pAlpha),
                Terms.Factor => new RowTerms<double>(result, null, pAlpha),
                _ => default,
            };
            Products<TLanes, TVector, double>.Multiply(
                rows, inner, vectors, pa, aRow, aColumn, new Panels<double>(pb, step, lanes), result, given);
        }

        for (var at = 0; at < c.Length; at++)
        {
            Assert.True(
                Math.Abs(c[at] - expected[at]) < 1e-14,
                $"{typeof(TVector)}, {rows} x {inner} x {vectors}, turned {turned}, {terms}, {at}: {c[at] - expected[at]}");
        }
    }

    private enum Terms
    {
        None,
        Own,
        OneRow,
        Factor,
    }
}
