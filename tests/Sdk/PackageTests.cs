using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Skytale.Tests.Sdk;

/// <summary>The packages as users get them: packed from this build, and tried from a clean folder.</summary>
public sealed class PackageTests
{
    private static readonly string[] s_never = ["MediatR", "FluentValidation", "Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.AspNetCore"];

    // What users write code against: their docstrings come along.
    private static readonly string[] s_shown = ["Skytale.Agent", "Skytale.Extensions.AI", "Skytale.Mls", "Skytale.Protocol", "Skytale.Sdk", "Skytale.Sdk.Slim", "Skytale.Testing"];

    [Fact(Timeout = 600_000)]
    [Trait("Category", "Slow")]
    public async Task A_first_user_gets_a_message_through_with_a_package_and_its_README_alone()
    {
        using var packages = new TemporaryFolder();
        await RunAsync("scripts/pack", "--built", packages.Path);
        var files = Directory.GetFiles(packages.Path, "*.nupkg");
        files.Length.ShouldBeGreaterThan(10);
        foreach (var file in files)
            Check(file, files);
        await RunAsync("scripts/first-use", packages.Path);
    }

    // Whole: licence, README, symbols, and everything of ours that it needs beside it.
    private static void Check(string file, string[] files)
    {
        using var package = ZipFile.OpenRead(file);
        using var described = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var specification = XDocument.Load(described).Root!;
        string? Said(string name) => specification.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        var id = Said("id").ShouldNotBeNull();
        Said("license").ShouldBe("Apache-2.0", id);
        Said("readme").ShouldBe("README.md", id);
        Said("description").ShouldNotBeNullOrEmpty(id);
        using (var readme = new StreamReader(package.GetEntry("README.md").ShouldNotBeNull(id).Open()))
            readme.ReadToEnd().ShouldContain("ative librar", Case.Sensitive, id);
        File.Exists(Path.ChangeExtension(file, ".snupkg")).ShouldBeTrue(id);
        if (s_shown.Contains(id))
            package.Entries.Select(entry => entry.FullName).ShouldContain($"lib/net10.0/{id}.xml", id);
        foreach (var dependency in specification.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value))
        {
            s_never.Where(prefix => dependency.StartsWith(prefix, StringComparison.Ordinal)).ShouldBeEmpty(id);
            if (dependency.StartsWith("Skytale.", StringComparison.Ordinal))
                files.ShouldContain(other => Path.GetFileName(other).StartsWith($"{dependency}.", StringComparison.Ordinal), $"{id} needs {dependency}");
        }
    }

    private static async Task RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        process.ExitCode.ShouldBe(0, $"{script}\n{await output}\n{await errors}");
    }
}
