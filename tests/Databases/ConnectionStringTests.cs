using Npgsql;
using Skytale.Persistence.Postgres;
using Skytale.Server;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>What a connection string becomes.</summary>
public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Host=db.example.org", SslMode.VerifyFull, false)]
    [InlineData("Host=192.0.2.7:5433", SslMode.VerifyFull, false)]
    [InlineData("Host=localhost,db.example.org", SslMode.VerifyFull, false)]
    [InlineData("Host=db.example.org;Ssl Mode=VerifyCA", SslMode.VerifyCA, false)]
    [InlineData("Host=db.example.org;SSL Mode=Require", SslMode.Require, true)]
    [InlineData("Host=db.example.org;sslmode=disable", SslMode.Disable, true)]
    [InlineData("Host=localhost", SslMode.Prefer, false)]
    [InlineData("Host=LOCALHOST:5433,127.0.0.1,::1,[::1]:5433", SslMode.Prefer, false)]
    [InlineData("Host=/var/run/postgresql", SslMode.Prefer, false)]
    [InlineData("Host=127.0.0.1;Ssl Mode=Disable", SslMode.Disable, false)]
    public void To_another_machine_the_way_is_checked_unless_it_is_said_otherwise(string text, SslMode mode, bool isExposed)
    {
        var completed = PostgresConnectionString.Complete(text);
        new NpgsqlConnectionStringBuilder(completed).SslMode.ShouldBe(mode);
        PostgresConnectionString.IsExposed(completed).ShouldBe(isExposed);
    }

    [Fact]
    public void Nobody_waits_long_unless_it_is_said()
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresConnectionString.Complete("Host=localhost;Database=d"));
        (settings.Timeout, settings.CommandTimeout, settings.HostRecheckSeconds, settings.Database).ShouldBe((5, 15, 2, "d"));
        settings = new NpgsqlConnectionStringBuilder(PostgresConnectionString.Complete("Host=localhost;Timeout=30;CommandTimeout=40"));
        (settings.Timeout, settings.CommandTimeout).ShouldBe((30, 40));
    }

    [Theory]
    [InlineData("nonsense", "Host=")]
    [InlineData("Host=localhost;Colour=red", "Colour")]
    [InlineData("Host=localhost;Port=many", "Port")]
    [InlineData("Database=skytale", "Host")]
    [InlineData("Host=a,b;Target Session Attributes=standby", "Target Session Attributes")]
    public async Task What_is_no_connection_string_of_a_server_is_refused_by_the_settings_name(string text, string named)
    {
        using var folder = new TemporaryFolder();
        var refused = await Should.ThrowAsync<SettingsException>(() => ServerHost.BuildAsync([$"--SKYTALE_HOME={folder.Path}", $"--ConnectionStrings:Postgres={text};Password=hunter2"]));
        refused.Message.ShouldStartWith("ConnectionStrings:Postgres: ");
        refused.Message.ShouldContain(named);
        refused.Message.ShouldNotContain("hunter2");
    }
}
