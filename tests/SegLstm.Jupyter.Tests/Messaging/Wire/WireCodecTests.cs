using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Tests.Messaging.Wire;

public class WireCodecTests
{
    private const string Key = "5f9c1a3e";
    private static readonly string Header =
        """{"msg_id":"1","session":"s","username":"u","date":"2026-01-01T00:00:00Z","msg_type":"t","version":"5.5","more":[1]}""";

    [Fact]
    public void A_message_comes_back_as_it_was_sent()
    {
        var sent = new OutgoingMessage("comm_msg", new JsonObject { ["text"] = "Grüße 😀 \u2028 \"quoted\"" })
        {
            Metadata = new JsonObject { ["a"] = 1 },
            Buffers = [[1, 2, 3], [], new byte[1 << 20]],
            Identities = [[7, 0, 7], [8]],
        };
        IncomingMessage back = new WireCodec(Key).Read(new WireCodec(Key).Write(sent));
        Assert.Equal("comm_msg", back.Header.Type);
        Assert.True(JsonNode.DeepEquals(sent.Content, back.Content));
        Assert.True(JsonNode.DeepEquals(sent.Metadata, back.Metadata));
        Assert.Equal(sent.Buffers, back.Buffers);
        Assert.Equal(sent.Identities, back.Identities);
    }

    [Fact]
    public void An_answer_repeats_the_header_that_it_answers_byte_for_byte()
    {
        IncomingMessage request = new WireCodec(Key).Read(Signed(Key, Header));
        IReadOnlyList<byte[]> answer = new WireCodec(Key).Write(new OutgoingMessage("r", []) { Parent = request.Header });
        Assert.Equal(Header, Encoding.UTF8.GetString(answer[3]));
    }

    [Fact]
    public void The_signature_is_the_HMAC_of_the_four_frames_in_lower_case_digits()
    {
        // From: printf '%s' '{"msg_id":"1"}{}{}{"a":1}' | openssl dgst -sha256 -hmac 5f9c1a3e
        byte[] empty = [.. "{}"u8];
        byte[] signature = new MessageSigner(Key).Sign([.. """{"msg_id":"1"}"""u8], empty, empty, [.. """{"a":1}"""u8]);
        Assert.Equal("1b2db7a06b5ea0f3acd5a05fa9b083b00d584f5edefbd74544cfad63a4f65d2d", Encoding.ASCII.GetString(signature));
    }

    [Fact]
    public void A_half_of_a_surrogate_pair_is_sent_as_a_replacement_character()
    {
        var sent = new OutgoingMessage("t", new JsonObject { ["x"] = "a\ud83d" });
        IncomingMessage back = new WireCodec("").Read(new WireCodec("").Write(sent));
        Assert.Equal("a\ufffd", back.Content["x"]!.GetValue<string>());
    }

    [Fact]
    public void Without_a_key_signatures_are_neither_made_nor_read()
    {
        var codec = new WireCodec("");
        Assert.Empty(codec.Write(new OutgoingMessage("t", []))[1]);
        IReadOnlyList<byte[]> frames = [.. Signed("", Header)];
        codec.Read(frames);
        codec.Read([frames[0], "nonsense"u8.ToArray(), .. frames.Skip(2)]);
    }

    [Fact]
    public void A_message_is_taken_once()
    {
        var codec = new WireCodec(Key);
        IReadOnlyList<byte[]> frames = Signed(Key, Header);
        codec.Read(frames);
        Assert.Contains("used before", Refusal(codec, frames));
        Assert.Contains("used before", Refusal(codec, ["other"u8.ToArray(), .. frames, "buffer"u8.ToArray()]));
    }

    [Fact]
    public void A_message_with_a_wrong_signature_does_not_use_up_the_right_one()
    {
        var codec = new WireCodec(Key);
        IReadOnlyList<byte[]> frames = Signed(Key, Header);
        Refusal(codec, [frames[0], new byte[64], .. frames.Skip(2)]);
        codec.Read(frames);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("truncated")]
    [InlineData("upper")]
    [InlineData("longer")]
    [InlineData("other key")]
    public void A_wrong_signature_is_refused(string kind)
    {
        IReadOnlyList<byte[]> frames = Signed(Key, Header);
        string right = Encoding.ASCII.GetString(frames[1]);
        string wrong = kind switch
        {
            "truncated" => right[..^1],
            "upper" => right.ToUpperInvariant(),
            "longer" => right + "0",
            "other key" => Encoding.ASCII.GetString(Signed("another", Header)[1]),
            _ => kind,
        };
        IReadOnlyList<byte[]> forged = [frames[0], Encoding.ASCII.GetBytes(wrong), .. frames.Skip(2)];
        Assert.Contains("wrong signature", Refusal(new WireCodec(Key), forged));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Each_of_the_four_frames_is_signed(int frame)
    {
        byte[][] frames = [.. Signed(Key, Header)];
        frames[frame] = [.. frames[frame].SkipLast(1), .. " }"u8];
        Assert.Contains("wrong signature", Refusal(new WireCodec(Key), frames));
    }

    [Theory]
    [InlineData("", "header that is not JSON")]
    [InlineData("null", "header that is not a JSON object")]
    [InlineData("[]", "header that is not a JSON object")]
    [InlineData("{", "header that is not JSON")]
    [InlineData("{}", "header without 'msg_id'")]
    [InlineData("""{"msg_id":"1","session":"s"}""", "header without 'msg_type'")]
    [InlineData("""{"msg_id":1,"msg_type":"t","session":"s"}""", "header without 'msg_id'")]
    [InlineData("""{"msg_id":"1","msg_id":"2","msg_type":"t","session":"s"}""", "header that is not JSON")]
    [InlineData("""{"msg_id":"1","msg_type":"t"}""", "header without 'session'")]
    public void A_header_that_is_none_is_refused(string header, string reason) =>
        Assert.Contains(reason, Refusal(new WireCodec(Key), Signed(Key, header)));

    [Fact]
    public void Nesting_has_a_limit()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);
        Assert.Contains("content that is not JSON", Refusal(new WireCodec(Key), Signed(Key, Header, deep)));
    }

    [Fact]
    public void Too_few_frames_are_refused()
    {
        IReadOnlyList<byte[]> frames = Signed(Key, Header);
        for (int count = 0; count < frames.Count; count++)
        {
            int taken = count;
            Assert.Throws<WireException>(() => new WireCodec(Key).Read([.. frames.Take(taken)]));
        }
    }

    [Fact]
    public void Random_frames_are_refused_and_nothing_else_happens()
    {
        var random = new Random(3);
        var codec = new WireCodec(Key);
        IReadOnlyList<byte[]> good = Signed(Key, Header);
        for (int i = 0; i < 20_000; i++)
        {
            // Half of them real messages with one frame changed, dropped or put elsewhere.
            List<byte[]> frames = [.. random.Next(2) == 0 ? good : Enumerable.Range(0, random.Next(10)).Select(_ => Bytes())];
            int at = random.Next(frames.Count + 1);
            if (at == frames.Count || random.Next(3) == 0) frames.Insert(at, at == 0 ? "<IDS|MSG>"u8.ToArray() : Bytes());
            else if (random.Next(2) == 0) frames.RemoveAt(at);
            else frames[at] = Bytes();
            try
            {
                IncomingMessage message = codec.Read(frames);
                Assert.Equal("t", message.Header.Type);
            }
            catch (WireException)
            {
                // As it should be.
            }
        }

        byte[] Bytes()
        {
            byte[] bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [Fact]
    public void The_memory_of_signatures_is_bounded_and_keeps_the_newest()
    {
        var guard = new ReplayGuard(capacity: 100);
        byte[][] signatures = [.. Enumerable.Range(0, 1000).Select(i => new MessageSigner(Key).Sign([(byte)i, (byte)(i >> 8)]))];
        Assert.All(signatures, signature => Assert.True(guard.TryAccept(signature)));
        Assert.All(signatures[^100..], signature => Assert.False(guard.TryAccept(signature)));
        Assert.True(guard.TryAccept(signatures[0]));
    }

    private static IReadOnlyList<byte[]> Signed(string key, string header, string content = "{}")
    {
        byte[][] frames = [Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(content)];
        return ["<IDS|MSG>"u8.ToArray(), new MessageSigner(key).Sign(frames), .. frames];
    }

    private static string Refusal(WireCodec codec, IReadOnlyList<byte[]> frames) =>
        Assert.Throws<WireException>(() => codec.Read(frames)).Message;
}
