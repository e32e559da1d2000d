using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>Hashes by which cells and outputs are compared.</summary>
internal static class Hashes
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Of(JsonArray outputs) => Of(outputs.ToJsonString());
}
