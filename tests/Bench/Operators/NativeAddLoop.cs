using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SegLstm.Bench.Operators;

/// <summary>The same loop in C++: what libtorch itself takes. Compiled when it is asked for, with the door's own libtorch.</summary>
internal static partial class NativeAddLoop
{
    private const string Source = """
        #include <ATen/ATen.h>
        #include <chrono>
        extern "C" double add_loop(int calls) {
          const at::Tensor a = at::ones({1}), b = at::ones({1});
          const auto start = std::chrono::steady_clock::now();
          for (int call = 0; call < calls; ++call) at::Tensor sum = at::add(a, b);
          return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
        }
        """;

    private static readonly Lazy<nint> Function = new(Compile);

    /// <summary>Nanoseconds of a number of calls.</summary>
    internal static unsafe double Run(int calls) => ((delegate* unmanaged[Cdecl]<int, double>)Function.Value)(calls);

    private static nint Compile()
    {
        string folder = Directory.CreateTempSubdirectory("seglstm-bench-").FullName;
        string source = Path.Combine(folder, "add_loop.cpp");
        string library = Path.Combine(folder, "libadd_loop.so");
        File.WriteAllText(source, Source);
        string root = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } given ? $"-I{given}/include -L{given}/lib " : "";
        using var compiler = Process.Start("g++", $"-O2 -std=c++17 -shared -fPIC {root}{source} -o {library} -ltorch_cpu -lc10");
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) throw new InvalidOperationException("g++ could not compile the loop: is g++ installed (bash environment/setup.sh)?");
        return NativeLibrary.GetExport(NativeLibrary.Load(library), "add_loop");
    }
}
