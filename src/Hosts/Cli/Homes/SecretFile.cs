using System.Text;

namespace Skytale.Cli.Homes;

/// <summary>A file that a person made for one secret.</summary>
internal static class SecretFile
{
    /// <summary>The first line of a file that holds one secret.</summary>
    /// <exception cref="CliException">There is none.</exception>
    /// <exception cref="Sdk.SkytaleException">Others than the owner may read it.</exception>
    public static string ReadLine(string path)
    {
        var content = OwnerFile.ReadSecret(path, Sdk.SkytaleError.NotAuthenticated) ?? throw new CliException(ExitCode.Failed, $"There is no file {path}.", "Give one of mode 0600 that holds the secret and nothing else.");
        return Encoding.UTF8.GetString(content).Split('\n')[0].TrimEnd('\r');
    }
}
