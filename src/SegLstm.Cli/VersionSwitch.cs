using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SegLstm.Cli;

/// <summary>`--version`: the command's version and commit, and the runtime it stands on.</summary>
internal sealed class VersionSwitch : Option<bool>
{
    public VersionSwitch()
        : base("--version")
    {
        Description = "Show the version.";
        Action = new Print();
    }

    private sealed class Print : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(VersionSwitch)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine(
                $"seglstm {version} ({RuntimeInformation.FrameworkDescription})");
            return 0;
        }
    }
}
