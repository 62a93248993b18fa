namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>For tests that measure the whole process: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
