using System.Diagnostics;
using System.Text;
using SegLstm.Checkpoints;

namespace SegLstm.Tests.Checkpoints;

public class SafeTensorsHeaderTests
{
    [Fact]
    public void An_empty_header_is_a_file_without_tensors()
    {
        var header = Parse(SafeTensorsBytes.File("{}"));
        Assert.Empty(header.Tensors);
        Assert.Empty(header.Metadata);
    }

    [Fact]
    public void Blanks_may_pad_the_header() => Assert.Equal(8 + 8, Parse(SafeTensorsBytes.File("{}      ")).DataStart);

    [Fact]
    public void Zero_sized_tensors_and_scalars_are_tensors()
    {
        var header = Parse(SafeTensorsBytes.File(
            """{"none":{"dtype":"F64","shape":[3,0,5],"data_offsets":[2,2]},"one":{"dtype":"BF16","shape":[],"data_offsets":[0,2]},"also":{"dtype":"I8","shape":[0],"data_offsets":[0,0]}}""", 2));
        Assert.Equal(["also", "one", "none"], header.Tensors.Select(tensor => tensor.Name));
        Assert.Empty(header.Tensors[1].Shape);
    }

    [Fact]
    public void Tensors_come_in_the_order_of_their_bytes_whatever_the_order_of_the_text()
    {
        var header = Parse(SafeTensorsBytes.File(
            """{"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"__metadata__":{"format":"pt"},"a":{"data_offsets":[0,4],"shape":[2],"dtype":"F16"}}""", 5));
        Assert.Equal(["a", "b"], header.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("pt", header.Metadata["format"]);
    }

    [Theory]
    [InlineData("BOOL", 1)]
    [InlineData("U8", 1)]
    [InlineData("I8", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F8_E8M0", 1)]
    [InlineData("I16", 2)]
    [InlineData("U16", 2)]
    [InlineData("F16", 2)]
    [InlineData("BF16", 2)]
    [InlineData("I32", 4)]
    [InlineData("U32", 4)]
    [InlineData("F32", 4)]
    [InlineData("F64", 8)]
    [InlineData("I64", 8)]
    [InlineData("U64", 8)]
    public void Every_dtype_of_the_format_is_listed_with_its_size(string dtype, int size)
    {
        var header = Parse(SafeTensorsBytes.OneTensor($"\"dtype\":\"{dtype}\",\"shape\":[3],\"data_offsets\":[0,{3 * size}]", 3 * size));
        Assert.Equal($"t: {dtype} [3]", header.Tensors[0].ToString());
    }

    [Fact]
    public void A_refusal_says_what_was_expected_what_was_found_and_where()
    {
        var file = SafeTensorsBytes.OneTensor("\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,20]", 20);
        var refusal = Assert.Throws<SafeTensorsException>(() => Parse(file));
        Assert.Equal("x.safetensors is no valid safetensors file: tensor 't': F32 [2, 3] takes 24 bytes, but its data_offsets [0, 20] span 20.", refusal.Message);
    }

    [Fact]
    public void Ten_thousand_tensors_are_parsed_in_a_moment()
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append($"{(i == 0 ? "" : ",")}\"layer.{i}.weight\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[{4 * i},{(4 * i) + 4}]}}");
        }

        var file = SafeTensorsBytes.File(text.Append('}').ToString(), 40_000);
        Parse(file);
        var watch = Stopwatch.StartNew();
        Assert.Equal(10_000, Parse(file).Tensors.Count);
        Assert.True(watch.ElapsedMilliseconds < 500, $"{watch.ElapsedMilliseconds} ms");
    }

    private static SafeTensorsHeader Parse(byte[] file) => SafeTensorsHeader.Parse(file, file.Length, "x.safetensors");
}
