using System.Text;
using SegLstm.Checkpoints;
using static SegLstm.Tests.Checkpoints.SafeTensorsBytes;

namespace SegLstm.Tests.Checkpoints;

public class SafeTensorsRejectionTests
{
    private const string F32 = "\"dtype\":\"F32\"";
    private const string Pair = "\"shape\":[2]";
    private const string Bytes8 = "\"data_offsets\":[0,8]";

    [Fact]
    public void The_well_formed_file_that_the_others_break_is_accepted()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("good.safetensors");
        System.IO.File.WriteAllBytes(path, OneTensor($"{F32},{Pair},{Bytes8}", 8));
        using var file = SafeTensors.Open(path);
        Assert.Equal([2L], file.Info("t").Shape);
    }

    [Fact] public void An_empty_file() => Refused(SafeTensorsError.FileTooSmall, []);

    [Fact] public void Seven_bytes() => Refused(SafeTensorsError.FileTooSmall, new byte[7]);

    [Fact] public void A_header_of_no_bytes() => Refused(SafeTensorsError.HeaderTooSmall, Framed(0, []));

    [Fact] public void A_header_of_one_byte() => Refused(SafeTensorsError.HeaderTooSmall, Framed(1, "{"u8.ToArray()));

    [Fact] public void A_header_one_byte_over_the_cap() => Refused(SafeTensorsError.HeaderTooLarge, Framed(100_000_001, "{}"u8.ToArray()));

    [Fact] public void A_header_length_that_is_negative_as_a_signed_number() => Refused(SafeTensorsError.HeaderTooLarge, Framed(ulong.MaxValue, "{}"u8.ToArray()));

    [Fact] public void A_header_longer_than_the_file() => Refused(SafeTensorsError.HeaderTruncated, Framed(3, "{}"u8.ToArray()));

    [Fact] public void A_header_at_the_cap_that_the_file_does_not_hold() => Refused(SafeTensorsError.HeaderTruncated, Framed(100_000_000, "{}"u8.ToArray()));

    [Fact] public void A_header_with_leading_blanks() => Refused(SafeTensorsError.HeaderStart, File(" {}"));

    [Fact] public void A_header_that_is_an_array() => Refused(SafeTensorsError.HeaderStart, File("[]"));

    [Fact] public void A_header_with_a_byte_order_mark() => Refused(SafeTensorsError.HeaderStart, File("\uFEFF{}"));

    [Fact] public void A_header_that_is_not_utf8() => Refused(SafeTensorsError.HeaderNotUtf8, Framed(5, [(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}']));

    [Fact] public void An_overlong_utf8_sequence() => Refused(SafeTensorsError.HeaderNotUtf8, Framed(6, [(byte)'{', (byte)'"', 0xC0, 0xAF, (byte)'"', (byte)'}']));

    [Fact] public void A_header_that_is_not_json() => Refused(SafeTensorsError.HeaderNotJson, File("{not json}"));

    [Fact] public void A_header_that_breaks_off() => Refused(SafeTensorsError.HeaderNotJson, File("{\"t\":{"));

    [Fact] public void A_header_with_a_trailing_comma() => Refused(SafeTensorsError.HeaderNotJson, OneTensor($"{F32},{Pair},{Bytes8},", 8));

    [Fact] public void A_header_with_a_comment() => Refused(SafeTensorsError.HeaderNotJson, File("{/* none */}"));

    [Fact] public void Text_behind_the_header_object() => Refused(SafeTensorsError.HeaderTrailingContent, File("{} x"));

    [Fact] public void A_second_object_behind_the_header() => Refused(SafeTensorsError.HeaderTrailingContent, File("{}{}"));

    [Fact] public void Zero_bytes_as_padding() => Refused(SafeTensorsError.HeaderTrailingContent, File("{}\0\0"));

    [Fact]
    public void A_name_that_stands_twice() =>
        Refused(SafeTensorsError.DuplicateName, Tensors(16, ("t", $"{F32},{Pair},{Bytes8}"), ("t", $"{F32},{Pair},\"data_offsets\":[8,16]")));

    [Fact]
    public void A_name_that_stands_twice_once_escaped() =>
        Refused(SafeTensorsError.DuplicateName, Tensors(16, ("t", $"{F32},{Pair},{Bytes8}"), ("\\u0074", $"{F32},{Pair},\"data_offsets\":[8,16]")));

    [Fact] public void An_empty_name() => Refused(SafeTensorsError.EmptyName, Tensors(8, ("", $"{F32},{Pair},{Bytes8}")));

    [Fact] public void A_name_with_a_control_character() => Refused(SafeTensorsError.InvalidName, Tensors(8, ("a\\u0000b", $"{F32},{Pair},{Bytes8}")));

    [Fact] public void A_name_with_half_a_surrogate_pair() => Refused(SafeTensorsError.InvalidName, Tensors(8, ("\\ud800", $"{F32},{Pair},{Bytes8}")));

    [Fact] public void Metadata_twice() => Refused(SafeTensorsError.DuplicateMetadata, File("""{"__metadata__":{},"__metadata__":{}}"""));

    [Fact] public void Metadata_that_is_no_object() => Refused(SafeTensorsError.MetadataNotObject, File("""{"__metadata__":["a"]}"""));

    [Fact] public void Metadata_with_a_number() => Refused(SafeTensorsError.MetadataValueNotString, File("""{"__metadata__":{"epoch":3}}"""));

    [Fact] public void Metadata_with_a_nested_object() => Refused(SafeTensorsError.MetadataValueNotString, File("""{"__metadata__":{"a":{}}}"""));

    [Fact] public void A_metadata_key_that_stands_twice() => Refused(SafeTensorsError.DuplicateMetadataKey, File("""{"__metadata__":{"a":"1","a":"2"}}"""));

    [Fact] public void Metadata_with_half_a_surrogate_pair() => Refused(SafeTensorsError.InvalidMetadataText, File("""{"__metadata__":{"a":"\udc00"}}"""));

    [Fact] public void A_tensor_that_is_no_object() => Refused(SafeTensorsError.TensorNotObject, File("""{"t":7}"""));

    [Fact] public void An_unknown_field() => Refused(SafeTensorsError.UnknownField, OneTensor($"{F32},{Pair},{Bytes8},\"strides\":[1]", 8));

    [Fact] public void A_field_with_a_lone_surrogate() => Refused(SafeTensorsError.UnknownField, OneTensor($"{F32},\"\\ud800\":[1],{Bytes8}", 8));

    [Fact] public void More_parts_than_the_header_s_size_justifies() => Refused(
        SafeTensorsError.TooMuchMemory,
        Tensors(0, [.. Enumerable.Range(0, 250_000).Select(i => ($"{i}", "\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]"))]));

    [Fact] public void A_field_that_stands_twice() => Refused(SafeTensorsError.DuplicateField, OneTensor($"{F32},{F32},{Pair},{Bytes8}", 8));

    [Fact] public void No_dtype() => Refused(SafeTensorsError.MissingDType, OneTensor($"{Pair},{Bytes8}", 8));

    [Fact] public void A_dtype_that_is_no_string() => Refused(SafeTensorsError.DTypeNotString, OneTensor($"\"dtype\":32,{Pair},{Bytes8}", 8));

    [Fact] public void An_unknown_dtype() => Refused(SafeTensorsError.UnknownDType, OneTensor($"\"dtype\":\"F33\",{Pair},{Bytes8}", 8));

    [Fact] public void A_dtype_in_lower_case() => Refused(SafeTensorsError.UnknownDType, OneTensor($"\"dtype\":\"f32\",{Pair},{Bytes8}", 8));

    [Fact] public void No_shape() => Refused(SafeTensorsError.MissingShape, OneTensor($"{F32},{Bytes8}", 8));

    [Fact] public void A_shape_that_is_no_array() => Refused(SafeTensorsError.ShapeNotArray, OneTensor($"{F32},\"shape\":2,{Bytes8}", 8));

    [Fact] public void A_fractional_dimension() => Refused(SafeTensorsError.DimensionNotInteger, OneTensor($"{F32},\"shape\":[2.0],{Bytes8}", 8));

    [Fact] public void A_dimension_in_exponent_form() => Refused(SafeTensorsError.DimensionNotInteger, OneTensor($"{F32},\"shape\":[2e0],{Bytes8}", 8));

    [Fact] public void A_dimension_that_is_text() => Refused(SafeTensorsError.DimensionNotInteger, OneTensor($"{F32},\"shape\":[\"2\"],{Bytes8}", 8));

    [Fact] public void A_nested_shape() => Refused(SafeTensorsError.DimensionNotInteger, OneTensor($"{F32},\"shape\":[[2]],{Bytes8}", 8));

    [Fact] public void A_negative_dimension() => Refused(SafeTensorsError.NegativeDimension, OneTensor($"{F32},\"shape\":[-2],{Bytes8}", 8));

    [Fact] public void Two_negative_dimensions_whose_product_fits() => Refused(SafeTensorsError.NegativeDimension, OneTensor($"{F32},\"shape\":[-1,-2],{Bytes8}", 8));

    [Fact] public void A_dimension_beyond_64_bits() => Refused(SafeTensorsError.DimensionTooLarge, OneTensor($"{F32},\"shape\":[9223372036854775808],{Bytes8}", 8));

    [Fact]
    public void Sixty_five_dimensions() =>
        Refused(SafeTensorsError.TooManyDimensions, OneTensor($"{F32},\"shape\":[{string.Join(',', Enumerable.Repeat(1, 65))}],{Bytes8}", 8));

    [Fact] public void An_overflowing_product_of_dimensions() => Refused(SafeTensorsError.ElementCountOverflow, OneTensor($"{F32},\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]"));

    [Fact] public void A_product_that_overflows_to_the_right_size() => Refused(SafeTensorsError.ElementCountOverflow, OneTensor($"\"dtype\":\"U8\",\"shape\":[2,9223372036854775807,2],\"data_offsets\":[0,0]"));

    [Fact] public void An_overflowing_number_of_bytes() => Refused(SafeTensorsError.ByteCountOverflow, OneTensor($"{F32},\"shape\":[4611686018427387904],\"data_offsets\":[0,0]"));

    [Fact] public void No_offsets() => Refused(SafeTensorsError.MissingOffsets, OneTensor($"{F32},{Pair}", 8));

    [Fact] public void Offsets_that_are_no_array() => Refused(SafeTensorsError.OffsetsNotPair, OneTensor($"{F32},{Pair},\"data_offsets\":8", 8));

    [Fact] public void One_offset() => Refused(SafeTensorsError.OffsetsNotPair, OneTensor($"{F32},{Pair},\"data_offsets\":[0]", 8));

    [Fact] public void Three_offsets() => Refused(SafeTensorsError.OffsetsNotPair, OneTensor($"{F32},{Pair},\"data_offsets\":[0,8,8]", 8));

    [Fact] public void A_fractional_offset() => Refused(SafeTensorsError.OffsetNotInteger, OneTensor($"{F32},{Pair},\"data_offsets\":[0,8.0]", 8));

    [Fact] public void A_negative_offset() => Refused(SafeTensorsError.NegativeOffset, OneTensor($"{F32},{Pair},\"data_offsets\":[-8,0]", 8));

    [Fact] public void An_offset_beyond_64_bits() => Refused(SafeTensorsError.OffsetTooLarge, OneTensor($"{F32},{Pair},\"data_offsets\":[0,18446744073709551615]", 8));

    [Fact] public void A_tensor_that_ends_before_it_begins() => Refused(SafeTensorsError.OffsetsReversed, OneTensor($"{F32},{Pair},\"data_offsets\":[8,0]", 8));

    [Fact] public void Offsets_wider_than_shape_and_dtype() => Refused(SafeTensorsError.SizeMismatch, OneTensor($"{F32},{Pair},\"data_offsets\":[0,12]", 12));

    [Fact] public void Offsets_narrower_than_shape_and_dtype() => Refused(SafeTensorsError.SizeMismatch, OneTensor($"{F32},{Pair},\"data_offsets\":[0,4]", 4));

    [Fact] public void A_zero_sized_tensor_with_bytes() => Refused(SafeTensorsError.SizeMismatch, OneTensor($"{F32},\"shape\":[2,0],{Bytes8}", 8));

    [Fact] public void A_first_tensor_that_does_not_begin_at_zero() => Refused(SafeTensorsError.Hole, OneTensor($"{F32},{Pair},\"data_offsets\":[4,12]", 12));

    [Fact]
    public void A_hole_between_two_tensors() =>
        Refused(SafeTensorsError.Hole, Tensors(20, ("a", $"{F32},{Pair},{Bytes8}"), ("b", $"{F32},{Pair},\"data_offsets\":[12,20]")));

    [Fact]
    public void Two_tensors_that_share_four_bytes() =>
        Refused(SafeTensorsError.Overlap, Tensors(12, ("a", $"{F32},{Pair},{Bytes8}"), ("b", $"{F32},{Pair},\"data_offsets\":[4,12]")));

    [Fact]
    public void Ten_tensors_on_the_same_bytes() =>
        Refused(SafeTensorsError.Overlap, Tensors(8, [.. Enumerable.Range(0, 10).Select(i => ($"t{i}", $"{F32},{Pair},{Bytes8}"))]));

    [Fact] public void Data_that_misses_two_bytes() => Refused(SafeTensorsError.DataTruncated, OneTensor($"{F32},{Pair},{Bytes8}", 6));

    [Fact] public void A_terabyte_that_is_not_there() => Refused(SafeTensorsError.DataTruncated, OneTensor($"{F32},\"shape\":[274877906944],\"data_offsets\":[0,1099511627776]"));

    [Fact] public void One_trailing_byte() => Refused(SafeTensorsError.TrailingBytes, OneTensor($"{F32},{Pair},{Bytes8}", 9));

    [Fact] public void Data_without_tensors() => Refused(SafeTensorsError.TrailingBytes, File("{}", 1));

    [Fact]
    public void A_zip_archive_behind_the_data_is_no_polyglot() =>
        Refused(SafeTensorsError.TrailingBytes, [.. OneTensor($"{F32},{Pair},{Bytes8}", 8), .. "PK\u0005\u0006"u8, .. new byte[18]]);

    [Fact]
    public void A_picture_and_a_text_file()
    {
        Refused(SafeTensorsError.HeaderTooLarge, [0x89, .. "PNG\r\n\u001A\n"u8, .. new byte[100]]);
        Refused(SafeTensorsError.HeaderTooLarge, Encoding.UTF8.GetBytes("This is the text of a download page that is not a checkpoint."));
    }

    [Fact]
    public void A_missing_file_is_the_systems_own_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => SafeTensors.Open(folder.File("none.safetensors")));
    }
}
