using SegLstm.Bench.Kernels;
using SegLstm.Bench.Operators;

string[] wanted = args.Length == 0 ? ["operators", "selective_scan"] : args;
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
        default:
            Console.Error.WriteLine($"unknown benchmark '{name}': expected operators or selective_scan");
            return 1;
    }
}
return 0;
