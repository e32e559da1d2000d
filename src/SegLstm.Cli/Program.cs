using SegLstm.Cli;

return CommandLine.Run(args);
