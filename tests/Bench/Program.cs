Console.WriteLine("usage: SegLstm.Bench");
