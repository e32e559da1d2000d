using SegLstm.Bench.Distributed;
using SegLstm.Bench.Kernels;
using SegLstm.Bench.Operators;

string[] wanted = args.Length == 0 ? ["operators", "tokens"] : args;
foreach (string name in wanted)
{
    switch (name)
    {
        case "operators":
            OperatorOverhead.Run(Console.Out);
            break;
        case "tokens":
            TokenKernelSpeed.Run(Console.Out);
            break;
        case "allreduce":
            AllReduceSpeed.Run(Console.Out);
            break;
        default:
            Console.Error.WriteLine($"unknown benchmark '{name}': expected operators, tokens or allreduce");
            return 1;
    }
}
return 0;
