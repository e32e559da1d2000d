using SegLstm.Workbook.Plotly;
using TorchSharp;

namespace SegLstm.Workbook.Tests.Plotly;

public class ValuesTests
{
    [Fact]
    public void Arrays_lists_expressions_and_tensors_are_values()
    {
        using var scope = torch.NewDisposeScope();
        Values[] all =
        [
            [1, 2], new[] { 1, 2 }, new[] { 1L, 2 }, new[] { 1f, 2 }, new List<double> { 1, 2 }, new List<float> { 1, 2 },
            new List<int> { 1, 2 }, new List<long> { 1, 2 }, Values.Of([1, 2]), torch.tensor(new[] { 1f, 2 }),
            torch.tensor(new[] { 1L, 2 }),
            torch.tensor(new[] { 1f, 2 }).requires_grad_(),
            torch.tensor(new[] { 1f, 9, 2, 9 })[torch.TensorIndex.Slice(null, null, 2)],
        ];

        Assert.All(all, values => Assert.Equal([1.0, 2.0], values));
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_with_what_to_do()
    {
        using var scope = torch.NewDisposeScope();

        string message = Assert.Throws<ArgumentException>(() => (Values)torch.zeros(2, 3)).Message;

        Assert.Contains("(2, 3)", message);
        Assert.Contains("flatten()", message);
        Assert.Throws<ArgumentException>(() => (Matrix)torch.zeros(3));
    }

    [Fact]
    public void A_matrix_is_read_row_after_row_even_of_a_transposed_tensor()
    {
        using var scope = torch.NewDisposeScope();
        Matrix matrix = torch.arange(6).reshape(2, 3).transpose(0, 1);

        Assert.Equal((3, 2, 3.0, 1.0), (matrix.Rows, matrix.Columns, matrix[0, 1], matrix[1, 0]));
    }
}
