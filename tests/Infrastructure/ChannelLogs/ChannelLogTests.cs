using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.ChannelLogs.Memory;
using Skytale.Conformance.ChannelLogs;

namespace Skytale.Infrastructure.Tests.ChannelLogs;

public sealed class MemoryChannelLogTests : ChannelLogConformance
{
    protected override Task<IChannelLog> OpenAsync() => Task.FromResult<IChannelLog>(new MemoryChannelLog());
}

public sealed class EmbeddedChannelLogTests : DurableChannelLogConformance
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-log-");

    protected override Task<IChannelLog> OpenAsync() => Task.FromResult<IChannelLog>(new EmbeddedChannelLog(_folder.FullName));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = Patience)]
    public async Task A_folder_that_another_has_open_is_said_to_be_unavailable()
    {
        (await Should.ThrowAsync<ChannelLogException>(() => OpenAsync())).Error.ShouldBe(ChannelLogError.Unavailable);
    }

    [Fact(Timeout = Patience)]
    public async Task A_probe_of_a_log_that_is_closed_fails()
    {
        await Log.DisposeAsync();
        (await Should.ThrowAsync<ChannelLogException>(Log.ProbeAsync())).Error.ShouldBe(ChannelLogError.Unavailable);
    }
}
