using SegLstm.Jupyter.Server;

// Not a plain return: threads that cells have left running must not keep the process alive.
Environment.Exit(KernelProcess.Run(args));
