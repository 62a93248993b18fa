using System.Collections.Immutable;
using System.CommandLine;
using Skytale.Cli;
using Skytale.Cli.Configuration;
using Skytale.Sdk;

namespace Skytale.Tests.Cli;

/// <summary>The command line counts before the environment, the environment before the home's file.</summary>
public sealed class SettingTests
{
    private const string Credentials = """{"api_url":"https://localhost","certificate_sha256":null,"account_id":"acc_1","org":null,"api_key":"sk_live_file_1"}""";

    public static TheoryData<string> Options => [.. Settings.All.Select(setting => setting.Option.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public void What_is_said_first_counts(string option)
    {
        using var home = new TemporaryFolder();
        var setting = Settings.All.Single(setting => setting.Option.Name == option);
        var (flag, environment, config, inFile) = ValuesOf(option, home);
        string[] given = option == "--home" ? [] : ["--home", home.Path];
        if (config is not null)
            File.WriteAllText(home.File("config.json"), config);
        if (option == "--api-key-file")
        {
            File.WriteAllText(home.File("credentials.json"), Credentials);
            File.SetUnixFileMode(home.File("credentials.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        string? Of(string[] arguments, string? variable)
        {
            var parsed = CommandLine.Root().Parse([CommandOf(option), .. given, .. arguments]);
            parsed.Errors.ShouldBeEmpty();
            return setting.Of(parsed, name => name == setting.Environment ? variable : null);
        }

        Of([.. flag.Arguments], environment).ShouldBe(flag.Value);
        Of([], environment).ShouldBe(environment);
        Of([], "").ShouldBe(inFile);
        Of([], null).ShouldBe(inFile);
    }

    [Fact]
    public void A_name_that_is_no_setting_is_refused_in_a_file()
    {
        using var home = new TemporaryFolder();
        File.WriteAllText(home.File("config.json"), """{"agnet":"alice"}""");
        var refused = Should.Throw<SkytaleException>(() => Settings.Agent.Of(CommandLine.Root().Parse(["send", "--home", home.Path, "a/b/c"]), _ => null));
        refused.Message.ShouldContain("agnet");
        Failures.Describe(refused)!.ExitCode.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public void A_file_with_the_key_that_others_may_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("key"), "sk_live_a_b\n");
        File.SetUnixFileMode(folder.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Should.Throw<SkytaleException>(() => Settings.ApiKey.Of(CommandLine.Root().Parse(["status", "--api-key-file", folder.File("key")]), _ => null)).Message.ShouldContain("read by others");
    }

    // A command that takes the option.
    private static string CommandOf(string option) => option == "--email" ? "login" : "status";

    private static ((ImmutableArray<string> Arguments, string Value) Flag, string Environment, string? Config, string? InFile) ValuesOf(string option, TemporaryFolder home)
    {
        switch (option)
        {
            case "--home":
                return ((["--home", "/of/flag"], "/of/flag"), "/of/environment", null, null);
            case "--transport":
                return ((["--transport", "quic"], "quic"), "tls", """{"transport":"auto"}""", "auto");
            case "--store-key":
                return ((["--store-key", "keyring"], "keyring"), "file", """{"store_key":"keyring"}""", "keyring");
            case "--json":
                return ((["--json"], "true"), "0", """{"json":false}""", "false");
            case "--api-key-file":
                File.WriteAllText(home.File("key"), "sk_live_flag_1\r\nanything");
                File.SetUnixFileMode(home.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
                return ((["--api-key-file", home.File("key")], "sk_live_flag_1"), "sk_live_environment_1", null, "sk_live_file_1");
            default:
                return (([option, "of flag"], "of flag"), "of environment", $$"""{"{{option[2..]}}":"of file"}""", "of file");
        }
    }
}
