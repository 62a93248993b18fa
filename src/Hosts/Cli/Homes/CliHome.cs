using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Skytale.Cli.Configuration;

namespace Skytale.Cli.Homes;

/// <summary>The home of a command, and what only the command line keeps in one: <c>admin.json</c>.</summary>
internal static class CliHome
{
    extension(Home home)
    {
        public static Home Of(ParseResult parsed) => new(Settings.Home.Of(parsed) ?? Home.DefaultPath);

        public string AdminPath => Path.Combine(home.FolderPath, "admin.json");

        public Credentials Credentials =>
            home.FindCredentials() ?? throw new CliException(ExitCode.Failed, $"There is no account in {home.FolderPath}.", "Run: skytale signup --email YOU@EXAMPLE.ORG");

        public AdminCredentials? FindAdmin() =>
            OwnerFile.ReadSecret(home.AdminPath, Sdk.SkytaleError.NotAuthenticated) is { } content ? HomeJson.Read(home.AdminPath, content, AdminJson.Default.AdminCredentials) : null;

        public void Write(AdminCredentials admin) => OwnerFile.Write(home.AdminPath, HomeJson.Write(admin, AdminJson.Default.AdminCredentials));

        /// <summary>The whole name of a channel: two parts get the account's org in front.</summary>
        public string ChannelName(string name) =>
            name.Count(c => c == '/') == 1 && home.FindCredentials()?.Org is { } org ? $"{org}/{name}" : name;
    }
}

/// <summary><c>admin.json</c>, as the other files of a home are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdminCredentials))]
internal sealed partial class AdminJson : JsonSerializerContext;
