// Sessions share the process: its console, and the formatters that notebooks register.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
