using SegLstm.Bench.Operators;

OperatorOverhead.Run(Console.Out);
