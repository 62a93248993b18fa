using Skytale.Server;

return await ServerHost.RunAsync(args);
