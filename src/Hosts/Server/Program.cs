using Skytale.Server;

// skytale-server [SETTINGS]                              runs the server
// skytale-server migrate [SETTINGS]                      brings its databases up to this version
// skytale-server keys list|rotate|end KEY [SETTINGS]     the keys that sign tokens
// skytale-server admin create --name NAME|list|revoke ID [SETTINGS]
return await ServerHost.RunAsync(args);
