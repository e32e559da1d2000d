using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Metrics;

public class ConfusionMatrixTests
{
    [Fact]
    public void Rows_are_true_classes_and_columns_predicted_ones()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add<long, long>([0, 1, 1, 2], [0, 0, 1, 255]);
        Assert.Equal(1, matrix[0, 0]);
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(1, matrix[1, 1]);
        Assert.Equal(3, matrix.Total);
        Assert.Equal(2, matrix.Labels(0));
        Assert.Equal(2, matrix.Predictions(1));
        Assert.Equal(0, matrix.Predictions(2));
        Assert.Equal(1, matrix.ToArray()[0, 1]);
    }

    [Fact]
    public void Ignored_pixels_do_not_count_whatever_is_predicted_there()
    {
        var matrix = new ConfusionMatrix(2, ignoreIndex: -1);
        matrix.Add<int, short>([7, -3, 1], [-1, -1, 1]);
        Assert.Equal(1, matrix.Total);
    }

    [Fact]
    public void A_tensor_of_any_integer_dtype_counts_as_the_same_span()
    {
        var labels = new long[] { 0, 1, 2, 255, 2, 1 };
        var predictions = new long[] { 0, 2, 2, 0, 1, 1 };
        var expected = new ConfusionMatrix(3);
        expected.Add<long, long>(predictions, labels);
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64 })
        {
            var matrix = new ConfusionMatrix(3);
            matrix.Add(tensor(predictions).view(2, 3).to_type(type), tensor(labels).view(2, 3).to_type(type));
            Assert.Equal(expected.ToArray(), matrix.ToArray());
        }
    }

    [Fact]
    public void Transposed_maps_are_compared_pixel_by_pixel()
    {
        var matrix = new ConfusionMatrix(6);
        var map = arange(6, dtype: ScalarType.Int64);
        matrix.Add(map.view(2, 3).t(), tensor(new long[] { 0, 3, 1, 4, 2, 5 }).view(3, 2));
        Assert.Equal(1.0, matrix.Scores.OverallAccuracy);
    }

    [Fact]
    public void A_map_larger_than_a_piece_is_counted_whole()
    {
        var matrix = new ConfusionMatrix(2);
        const long Size = (1 << 22) + 5;
        matrix.Add(ones(Size, dtype: ScalarType.Byte), zeros(Size, dtype: ScalarType.Byte));
        Assert.Equal(Size, matrix[0, 1]);
    }

    [Fact]
    public void A_label_out_of_range_is_refused_with_its_place_and_nothing_is_counted()
    {
        var matrix = new ConfusionMatrix(7);
        var refusal = Assert.Throws<ArgumentException>(() => matrix.Add<byte, byte>([0, 0, 0], [1, 2, 9]));
        Assert.Contains("Expected labels 0 to 6 or 255 (ignored), got 9 at element 2", refusal.Message);
        Assert.Equal(0, matrix.Total);
    }

    [Fact]
    public void A_prediction_out_of_range_is_refused() =>
        Assert.Contains("Expected predictions 0 to 6, got 7 at element 1",
            Assert.Throws<ArgumentException>(() => new ConfusionMatrix(7).Add<byte, byte>([0, 7], [1, 2])).Message);

    [Fact]
    public void Logits_instead_of_classes_are_refused_with_the_remedy() =>
        Assert.Contains("argmax", Assert.Throws<ArgumentException>(() => new ConfusionMatrix(7).Add(rand(1, 7, 2, 2), zeros(1, 2, 2, dtype: ScalarType.Int64))).Message);

    [Fact]
    public void Shapes_that_differ_are_refused_even_where_they_broadcast() =>
        Assert.Contains("(1, 2, 2) and (2, 2)", Assert.Throws<ArgumentException>(() =>
            new ConfusionMatrix(7).Add(zeros(1, 2, 2, dtype: ScalarType.Int64), zeros(2, 2, dtype: ScalarType.Int64))).Message);

    [Fact]
    public void Parts_add_up_to_the_whole_beyond_32_bits()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add<byte, byte>([0, 1, 1], [0, 1, 0]);
        for (var doubling = 0; doubling < 40; doubling++)
        {
            matrix.Add(matrix);
        }

        Assert.Equal(3L << 40, matrix.Total);
        Assert.Equal(2.0 / 3, matrix.Scores.OverallAccuracy, 15);
        Assert.Equal(0.4, matrix.Scores.Kappa, 12);
    }

    [Fact]
    public void Matrices_of_other_sizes_do_not_add() =>
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(2).Add(new ConfusionMatrix(3)));

    [Fact]
    public void A_matrix_made_of_another_s_counts_is_the_same_and_goes_on_counting_by_itself()
    {
        var matrix = new ConfusionMatrix(3, 9);
        matrix.Add<int, int>([0, 1, 2, 2, 0], [0, 1, 1, 2, 9]);
        ConfusionMatrix same = ConfusionMatrix.Of(matrix.ToArray(), 9);
        Assert.Equal(matrix.ToArray(), same.ToArray());
        Assert.Equal(matrix.Scores.MeanIoU, same.Scores.MeanIoU);
        same.Add<int, int>([0, 0], [1, 9]);
        Assert.Equal((4, 5), (matrix.Total, same.Total));
    }

    [Fact]
    public void Counts_that_are_not_square_or_negative_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(new long[2, 3]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(new long[,] { { 1, -1 }, { 0, 0 } }));
    }
}
