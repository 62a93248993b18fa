using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;

namespace Skytale.Benchmarks.Mls;

/// <summary>Joining, in a process of its own, so that time and working set are the joiner's alone.</summary>
internal static class Joiner
{
    /// <summary>The first argument of the program as a joiner; a file name, members and runs follow.</summary>
    public const string Argument = "--joiner";

    public static MlsGroup Join(Opaque welcome, KeyPackageBundle bundle, SignatureKeyPair signer) =>
        MlsGroup.Join(Tls.Decode<Welcome>(welcome), bundle, signer, new JoinOptions { Lifetimes = Client.Lifetimes });

    /// <summary>Starts the joiner and reads its figure.</summary>
    public static Figure Measure(int members, int runs, Welcome welcome, Client client)
    {
        var file = Path.GetTempFileName();
        try
        {
            WriteInput(file, welcome, client);
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in new[] { Argument, file, members.ToString(CultureInfo.InvariantCulture), runs.ToString(CultureInfo.InvariantCulture) })
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var figure = JsonSerializer.Deserialize<Figure>(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return figure ?? throw new InvalidOperationException($"The joiner ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The joiner itself: joins once for the working set, then for the time.</summary>
    public static void Run(string file, int members, int runs)
    {
        var (welcome, bundle, signer) = ReadInput(file);
        using var current = Process.GetCurrentProcess();
        using var first = Join(welcome, bundle, signer);
        current.Refresh();
        var workingSet = current.PeakWorkingSet64;
        var figure = Figure.Of("join from Welcome, full validation", members, runs, () => Join(welcome, bundle, signer));
        Console.Out.WriteLine(JsonSerializer.Serialize(figure with { WorkingSetBytes = workingSet }));
    }

    // opaque welcome<V>, bundle<V>, seed<V>. The keys serve this benchmark's group alone.
    private static void WriteInput(string file, Welcome welcome, Client client)
    {
        using var writer = new TlsWriter();
        using var bundle = client.Bundle.Serialize();
        writer.WriteOpaque(Tls.Encode(welcome));
        writer.WriteOpaque(bundle.Span);
        writer.WriteOpaque(client.Signer.PrivateKey.Value.Span);
        File.WriteAllBytes(file, writer.WrittenSpan);
    }

    private static (Opaque Welcome, KeyPackageBundle Bundle, SignatureKeyPair Signer) ReadInput(string file)
    {
        var reader = new TlsReader(File.ReadAllBytes(file));
        return (reader.ReadOpaque(), KeyPackageBundle.Deserialize(reader.ReadOpaque().Span), Client.Suite.Signature.FromSeed(reader.ReadOpaque().Span));
    }
}
