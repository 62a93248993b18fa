namespace Skytale.LivePeers.Tests.Slim;

/// <summary>The tests that share one deployment, and stop its second proxy: one after the other.</summary>
[CollectionDefinition]
public sealed class OneDeployment : ICollectionFixture<Deployment>;
