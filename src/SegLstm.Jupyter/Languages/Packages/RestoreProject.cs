using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>The project file that asks the SDK for packages.</summary>
internal static class RestoreProject
{
    /// <summary>The framework that cells run on, such as `net10.0`.</summary>
    public static string Framework => $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    /// <summary>The machine that cells run on, such as `linux-x64`.</summary>
    public static string Runtime => RuntimeInformation.RuntimeIdentifier;

    /// <summary>Writes the project into a folder of its own.</summary>
    /// <returns>The project's path.</returns>
    public static string Write(string folder, IEnumerable<PackageRequest> requests, IEnumerable<string> sources)
    {
        // Settings of a folder above are meant for other projects.
        foreach (string name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }

        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", Framework),
                new XElement("RuntimeIdentifier", Runtime),
                new XElement("SelfContained", "false"),
                new XElement("UseAppHost", "false"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
            // What the host itself brings is not restored a second time.
            new XElement("ItemGroup", new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App"))),
            new XElement("ItemGroup", requests.Select(request => new XElement(
                "PackageReference",
                new XAttribute("Include", request.Name),
                new XAttribute("Version", request.Version ?? "*")))));
        string path = Path.Combine(folder, "packages.csproj");
        project.Save(path);
        return path;
    }
}
