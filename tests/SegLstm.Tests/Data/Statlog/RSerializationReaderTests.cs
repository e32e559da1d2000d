using System.Buffers.Binary;
using SegLstm.Data.Statlog;

namespace SegLstm.Tests.Data.Statlog;

public sealed class RSerializationReaderTests
{
    [Fact]
    public void Numbers_strings_lists_and_attributes_are_read()
    {
        var values = RSerializationReader.Read(Workspace(w => w.Pair("x", () => w.Vector(3, () => w.Reals(1.5, -2), () => w.Texts("a", "b"), () => w.Int(254)))));
        var list = Assert.IsType<RValue.List>(values["x"]);
        Assert.Equal([1.5, -2], Assert.IsType<RValue.Reals>(list.Values[0]).Values);
        Assert.Equal(["a", "b"], Assert.IsType<RValue.Strings>(list.Values[1]).Values);
        Assert.IsType<RValue.Null>(list.Values[2]);
    }

    [Fact]
    public void A_name_may_be_given_by_reference()
    {
        var values = RSerializationReader.Read(Workspace(w =>
        {
            w.Int(0x402).Symbol("x").Int(0x200 | 14).Int(0);
            w.Int(0x402).Symbol("y").Reals(1).Int(254);
            w.Int(0x402).Int((2 << 8) | 255).Reals(2);
        }));
        Assert.Equal([2.0], Assert.IsType<RValue.Reals>(values["y"]).Values);
    }

    [Fact]
    public void Any_cut_is_an_error()
    {
        byte[] whole = Workspace(w => w.Pair("x", () => w.Vector(2, () => w.Reals(1, 2), () => w.Texts("abc"))));
        RSerializationReader.Read(whole);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => RSerializationReader.Read(whole[..length]));
        Assert.Throws<InvalidDataException>(() => RSerializationReader.Read([.. whole, 0]));
    }

    [Theory]
    [InlineData(3)] // closure
    [InlineData(4)] // environment
    [InlineData(6)] // language
    [InlineData(21)] // byte code
    [InlineData(25)] // S4
    public void What_is_not_plain_data_is_refused(int type) =>
        Assert.Throws<InvalidDataException>(() => RSerializationReader.Read(Workspace(w => w.Pair("x", () => w.Int(type)))));

    [Fact]
    public void A_length_beyond_the_file_takes_no_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => RSerializationReader.Read(Workspace(w => w.Pair("x", () => w.Int(14).Int(int.MaxValue)))));
        Assert.Throws<InvalidDataException>(() => RSerializationReader.Read(Workspace(w => w.Pair("x", () => w.Int(19).Int(-1)))));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        byte[] nested = Workspace(w => w.Pair("x", () =>
        {
            for (int i = 0; i < 10_000; i++)
                w.Int(19).Int(1);
        }));
        Assert.Throws<InvalidDataException>(() => RSerializationReader.Read(nested));
    }

    [Fact]
    public void Random_damage_is_read_or_refused()
    {
        byte[] whole = Workspace(w => w.Pair("x", () => w.Vector(2, () => w.Reals(1, 2), () => w.Texts("abc"))));
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] hurt = [.. whole];
            for (int k = random.Next(1, 4); k > 0; k--)
                hurt[random.Next(hurt.Length)] = (byte)random.Next(256);
            try
            {
                RSerializationReader.Read(hurt);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static byte[] Workspace(Action<Writer> fill)
    {
        var writer = new Writer();
        fill(writer);
        return [.. "RDX2\nX\n"u8, .. new Writer().Int(2).Int(0x20A01).Int(0x20300).Bytes, .. writer.Int(254).Bytes];
    }

    private sealed class Writer
    {
        public List<byte> Bytes { get; } = [];

        public Writer Int(int value)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(four, value);
            Bytes.AddRange(four);
            return this;
        }

        public Writer Symbol(string name) => Int(1).Characters(name);

        public Writer Reals(params double[] values)
        {
            Int(14).Int(values.Length);
            Span<byte> eight = stackalloc byte[8];
            foreach (double value in values)
            {
                BinaryPrimitives.WriteDoubleBigEndian(eight, value);
                Bytes.AddRange(eight);
            }

            return this;
        }

        public void Texts(params string[] texts)
        {
            Int(16).Int(texts.Length);
            foreach (string text in texts)
                Characters(text);
        }

        public void Vector(int count, params Action[] items)
        {
            Int(19).Int(count);
            foreach (var item in items)
                item();
        }

        public void Pair(string name, Action value)
        {
            Int(0x402).Symbol(name);
            value();
        }

        private Writer Characters(string text)
        {
            Int(9).Int(text.Length);
            Bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text));
            return this;
        }
    }
}
