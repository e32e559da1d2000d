using System.Text;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Tests.Messaging.Wire;

public class ConnectionFileTests
{
    private const string Good = """
        {
          "shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004, "hb_port": 50005,
          "ip": "127.0.0.1", "key": "secret", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": ""
        }
        """;

    [Fact]
    public void A_file_as_Jupyter_writes_it_is_read()
    {
        ConnectionFile file = Parse(Good);
        Assert.Equal("tcp://127.0.0.1:50001", file.Endpoint(file.ShellPort));
        Assert.Equal((50002, 50003, 50004, 50005), (file.IoPubPort, file.StdinPort, file.ControlPort, file.HeartbeatPort));
        Assert.Equal("secret", file.Key);
    }

    [Fact]
    public void Ipc_addresses_are_a_path_and_a_number()
    {
        ConnectionFile file = Parse(Good.Replace("tcp", "ipc").Replace("127.0.0.1", "/tmp/kernel-ipc"));
        Assert.Equal("ipc:///tmp/kernel-ipc-50001", file.Endpoint(file.ShellPort));
    }

    [Fact]
    public void An_address_of_version_6_is_put_in_brackets() =>
        Assert.Equal("tcp://[::1]:7", Parse(Good.Replace("127.0.0.1", "::1")).Endpoint(7));

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("", "is not JSON")]
    public void What_is_no_JSON_object_is_said(string text, string problem) => Assert.Contains(problem, Failure(text));

    [Theory]
    [InlineData("\"ip\": \"127.0.0.1\",", "", "has no 'ip'")]
    [InlineData("\"key\": \"secret\",", "", "has no 'key'")]
    [InlineData("\"key\": \"secret\"", "\"key\": 5", "has Number in 'key': expected a string")]
    [InlineData("\"hb_port\": 50005", "\"hb_ports\": 50005", "has no 'hb_port'")]
    [InlineData("50005", "0", "has 0 in 'hb_port': expected a port, 1 to 65535")]
    [InlineData("50005", "65536", "has 65536 in 'hb_port'")]
    [InlineData("50005", "\"five\"", "has \"five\" in 'hb_port'")]
    [InlineData("50005", "50001", "names a port twice")]
    [InlineData("\"tcp\"", "\"udp\"", "asks for transport 'udp': expected tcp or ipc")]
    [InlineData("hmac-sha256", "hmac-md5", "asks for signature_scheme 'hmac-md5': this kernel signs with hmac-sha256")]
    [InlineData("\"127.0.0.1\"", "\"\"", "has an empty 'ip'")]
    public void What_is_wrong_is_said(string part, string with, string problem)
    {
        string message = Failure(Good.Replace(part, with));
        Assert.Contains(problem, message);
        Assert.Contains("connection file test.json", message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var fault = Assert.Throws<ConnectionFileException>(() => ConnectionFile.Load("/nowhere/kernel-1.json"));
        Assert.Contains("/nowhere/kernel-1.json cannot be read", fault.Message);
    }

    private static ConnectionFile Parse(string text) => ConnectionFile.Parse(Encoding.UTF8.GetBytes(text), "test.json");

    private static string Failure(string text) => Assert.Throws<ConnectionFileException>(() => Parse(text)).Message;
}
