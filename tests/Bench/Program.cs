using SegLstm.Bench.Kernels;
using SegLstm.Bench.Operators;

string[] wanted = args.Length == 0 ? ["operators", "selective_scan", "tokens"] : args;
foreach (string name in wanted)
{
    switch (name)
    {
        case "operators":
            OperatorOverhead.Run(Console.Out);
            break;
        case "selective_scan":
            SelectiveScanSpeed.Run(Console.Out);
            break;
        case "tokens":
            TokenKernelSpeed.Run(Console.Out);
            break;
        default:
            Console.Error.WriteLine($"unknown benchmark '{name}': expected operators, selective_scan or tokens");
            return 1;
    }
}
return 0;
