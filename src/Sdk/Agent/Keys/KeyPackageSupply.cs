using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Keys;

/// <summary>
/// Keeps the relay's pool of this agent's KeyPackages filled. One is a last resort, which may be used again and again; it
/// is uploaded first, and the answer says how many there are.
/// </summary>
internal sealed class KeyPackageSupply(AgentContext context)
{
    /// <summary>How many the pool should hold.</summary>
    public const int Target = 8;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(7);

    /// <summary>Uploads what is missing.</summary>
    /// <exception cref="SkytaleException">The relay refuses, or the connection was lost.</exception>
    public async Task TopUpAsync(CancellationToken cancellationToken)
    {
        var available = await UploadAsync(LastResort(), cancellationToken).ConfigureAwait(false);
        // Counted here too: a relay that always says that there are none fills no store.
        for (var uploaded = 0; available < Target && uploaded < Target; uploaded++)
            available = await UploadAsync(Create(lastResort: false), cancellationToken).ConfigureAwait(false);
    }

    private KeyPackage LastResort()
    {
        var now = context.Time.GetUtcNow();
        var stored = context.Store.ReadKeyPackages();
        try
        {
            foreach (var expired in stored.Where(keyPackage => keyPackage.NotAfter < now))
                context.Store.Write(transaction => transaction.RemoveKeyPackage(expired.Reference));
            var current = stored.FirstOrDefault(keyPackage => keyPackage.LastResort && keyPackage.NotAfter > now + RenewBefore);
            if (current is null)
                return Create(lastResort: true);
            using var bundle = KeyPackageBundle.Deserialize(current.Bundle.Span);
            return bundle.KeyPackage;
        }
        finally
        {
            foreach (var keyPackage in stored)
                keyPackage.Dispose();
        }
    }

    /// <summary>A KeyPackage for one use that the relay's pool does not get; its keys are stored.</summary>
    /// <param name="alongside">What else changes in the same transaction.</param>
    public KeyPackage CreateForOnce(Action<IAgentStoreTransaction, KeyPackage>? alongside = null) => Create(lastResort: false, alongside);

    private KeyPackage Create(bool lastResort, Action<IAgentStoreTransaction, KeyPackage>? alongside = null)
    {
        var options = AgentKeyPackages.OptionsFor(context.Time.GetUtcNow());
        if (lastResort)
            options = options with { Extensions = new ExtensionList(new Extension(ExtensionType.LastResort, Opaque.Empty)) };
        using var bundle = KeyPackageBundle.Create(ChannelSuite.Default, context.Identity.Keys, context.Identity.Credential, Grease.Into(options, context.Random), context.Random);
        var notAfter = DateTimeOffset.FromUnixTimeSeconds((long)options.Lifetime.NotAfter);
        using var stored = new StoredKeyPackage(bundle.KeyPackage.Reference(ChannelSuite.Default), bundle.Serialize(), notAfter, lastResort);
        context.Store.Write(transaction =>
        {
            transaction.PutKeyPackage(stored);
            alongside?.Invoke(transaction, bundle.KeyPackage);
        });
        return bundle.KeyPackage;
    }

    private async Task<int> UploadAsync(KeyPackage keyPackage, CancellationToken cancellationToken)
    {
        var encoded = Tls.Encode(new MlsMessage(keyPackage));
        var answer = await context.RequestAsync<KeyPackageStored>(request => new UploadKeyPackage(request, encoded.Memory), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? answer.Value.Available : throw answer.Refusal.ToException();
    }
}
