using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Kernels.Simd;

public sealed unsafe class TilesTests
{
    [Fact]
    public void A_matrix_of_any_size_comes_back_from_its_tile()
    {
        RoundTrip<float>(value => value);
        RoundTrip<double>(value => value);
    }

    [Fact]
    public void Sums_run_over_the_lanes_of_each_token()
    {
        var tile = stackalloc float[9 * 8];
        for (var k = 0; k < 9 * 8; k++)
        {
            tile[k] = k;
        }

        var sums = stackalloc float[10];
        Tiles.Sum(tile, 8, 9, sums);
        for (var t = 0; t < 9; t++)
        {
            Assert.Equal((8 * 8 * t) + 28, sums[t]);
        }

        Assert.Equal(0, sums[9]);
    }

    [Fact]
    public void Sums_of_four_vectors_a_token_go_where_its_numbers_lie()
    {
        SumFours<float>(4);
        SumFours<float>(8);
        SumFours<float>(16);
        SumFours<double>(2);
        SumFours<double>(8);
    }

    private static void SumFours<T>(int lanes)
        where T : unmanaged, INumber<T>
    {
        const int tokens = 3, step = -6;
        var tile = stackalloc T[tokens * 4 * lanes];
        for (var k = 0; k < tokens * 4 * lanes; k++)
        {
            tile[k] = T.CreateChecked(k);
        }

        var sums = new T[18];
        fixed (T* last = sums)
        {
            Tiles.SumFours(tile, lanes, tokens, last + (2 * -step), step);
        }

        for (var k = 0; k < sums.Length; k++)
        {
            var vector = (((2 - (k / 6)) * 4) + (k % 6)) * lanes;
            var expected = k % 6 < 4 ? (vector * lanes) + (lanes * (lanes - 1) / 2) : 0;
            Assert.Equal(T.CreateChecked(expected), sums[k]);
        }
    }

    private static void RoundTrip<T>(Func<float, T> of)
        where T : unmanaged
    {
        foreach (var lanes in new[] { 2, 4, 8, 16 })
        {
            for (var rows = 1; rows <= lanes; rows++)
            {
                foreach (var columns in new[] { 1, 3, 4, 7, 16, 18, 33 })
                {
                    const int stride = 40;
                    var matrix = new T[rows * stride];
                    var back = new T[rows * stride];
                    var tile = new T[columns * lanes];
                    for (var k = 0; k < matrix.Length; k++)
                    {
                        matrix[k] = k % stride < columns ? of(k + 1) : default;
                    }

                    tile.AsSpan().Fill(of(-1));
                    fixed (T* m = matrix, b = back, t = tile)
                    {
                        foreach (var backwards in new[] { false, true })
                        {
                            Array.Clear(back);
                            Tiles.Read(m, stride, rows, columns, t, lanes, backwards);
                            Tiles.Write(t, lanes, b, stride, rows, columns, backwards);
                            Assert.Equal(matrix, back);
                            for (var k = 0; k < tile.Length; k++)
                            {
                                var column = backwards ? columns - 1 - (k / lanes) : k / lanes;
                                Assert.Equal(k % lanes < rows ? matrix[(k % lanes * stride) + column] : default, tile[k]);
                            }
                        }
                    }
                }
            }
        }
    }
}
