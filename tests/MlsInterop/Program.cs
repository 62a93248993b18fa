using System.Globalization;
using Skytale.MlsInterop;

if (args is not ["--port", var text] || !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine("usage: mls-interop --port N    (0: a free one)");
    return 2;
}

await using var server = InteropServer.Create(port);
try
{
    await server.StartAsync();
}
catch (IOException e)
{
    Console.Error.WriteLine($"mls-interop: cannot listen on 127.0.0.1:{port}: {e.Message}");
    return 1;
}
Console.WriteLine($"listening on {server.Address.Authority}");
Console.WriteLine("ready");
await server.WaitForShutdownAsync();
return 0;
