using SegLstm.Jupyter.Languages.Packages;

namespace SegLstm.Jupyter.Tests.Languages.Packages;

public class PackageRequestTests
{
    [Theory]
    [InlineData(" Newtonsoft.Json, 13.0.4", "Newtonsoft.Json", "13.0.4", true)]
    [InlineData("Humanizer.Core", "Humanizer.Core", null, false)]
    [InlineData(" A , 1.0.0-beta.1 ", "A", "1.0.0-beta.1", true)]
    [InlineData("A,*-*", "A", "*-*", false)]
    [InlineData("A, 1.*", "A", "1.*", false)]
    [InlineData("A, [1.0, 2.0)", "A", "[1.0, 2.0)", false)]
    public void Name_and_version_are_read(string text, string name, string? version, bool isExact)
    {
        PackageRequest request = PackageRequest.Parse(text);

        Assert.Equal(new PackageRequest(name, version), request);
        Assert.Equal(isExact, request.IsExact);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , 1.0")]
    [InlineData("A B, 1.0")]
    [InlineData("A, <script>")]
    [InlineData("../A")]
    [InlineData("A, 1.0, 2.0")]
    public void What_is_no_request_says_what_is_expected(string text)
    {
        var error = Assert.Throws<FormatException>(() => PackageRequest.Parse(text));

        Assert.Contains("expected \"nuget: Name, Version\"", error.Message);
    }
}
