using Skytale.Server;

// skytale-server [SETTINGS]            runs the server
// skytale-server migrate [SETTINGS]    brings its databases up to this version, and ends
return args is ["migrate", .. var settings] ? await ServerHost.MigrateAsync(settings) : await ServerHost.RunAsync(args);
