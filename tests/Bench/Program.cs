using SegLstm.Bench.Operators;

string[] wanted = args.Length == 0 ? ["operators"] : args;
foreach (string name in wanted)
{
    switch (name)
    {
        case "operators":
            OperatorOverhead.Run(Console.Out);
            break;
        default:
            Console.Error.WriteLine($"unknown benchmark '{name}': expected operators");
            return 1;
    }
}
return 0;
