using Skytale.Cli;

return await CommandLine.RunAsync(args);
