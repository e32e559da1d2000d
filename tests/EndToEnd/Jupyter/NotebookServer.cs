using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SegLstm.Tests.EndToEnd.Setup;

namespace SegLstm.Tests.EndToEnd.Jupyter;

/// <summary>Classic Notebook, served to this machine alone, over copies of the repository's notebooks.</summary>
internal sealed class NotebookServer : IDisposable
{
    private const string Program = "/usr/bin/jupyter-notebook";
    private readonly Process _process;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly int _port = FreePort();
    private readonly Task<string> _log;

    public NotebookServer(InstalledKernel kernel)
    {
        Assert.SkipUnless(File.Exists(Program), $"Classic Notebook ({Program}) is missing. Install it with: bash environment/setup.sh --tests");
        Site = Directory.CreateDirectory(Path.Combine(kernel.Folder, "site")).FullName;
        foreach (string shared in new[] { "artifacts", "data", "src" })
        {
            File.CreateSymbolicLink(Path.Combine(Site, shared), Path.Combine(Repository.Root, shared));
        }

        string notebooks = Directory.CreateDirectory(Path.Combine(Site, "notebooks")).FullName;
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks")))
        {
            File.Copy(path, Path.Combine(notebooks, Path.GetFileName(path)));
        }

        var start = new ProcessStartInfo(Program,
        [
            "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={_port}", "--port-retries=0", $"--notebook-dir={Site}",
            $"--NotebookApp.token={_token}", "--NotebookApp.password=", "--debug",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in kernel.Variables) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        _log = _process.StandardError.ReadToEndAsync();
        WaitUntilItAnswers();
    }

    /// <summary>The folder that is served.</summary>
    public string Site { get; }

    /// <summary>The address of a notebook, which lets in whoever knows it.</summary>
    public string Address(string notebook) => $"http://127.0.0.1:{_port}/notebooks/notebooks/{notebook}?token={_token}";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // An orderly end shuts the kernels down too.
            using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            kill.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(20))) _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void WaitUntilItAnswers()
    {
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = client.GetAsync($"http://127.0.0.1:{_port}/api?token={_token}").Result;
                if (answer.IsSuccessStatusCode) return;
            }
            catch (AggregateException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited) Assert.Fail($"Classic Notebook ended with exit code {_process.ExitCode}:\n{_log.Result}");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "Classic Notebook did not answer within a minute");
            Thread.Sleep(100);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
