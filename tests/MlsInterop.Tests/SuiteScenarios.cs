using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

public sealed class Suite1Scenarios(TwoServers servers) : Scenarios(servers, 1, 3);

[Trait("Category", "Slow")]
public sealed class Suite2Scenarios(TwoServers servers) : Scenarios(servers, 2, 7);

[Trait("Category", "Slow")]
public sealed class Suite7Scenarios(TwoServers servers) : Scenarios(servers, 7, 4);
