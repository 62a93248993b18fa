using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skytale.Agent;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Protocol;
using Skytale.SqlCipher;

namespace Skytale.Sdk;

/// <content>How an agent is made, and how it connects.</content>
public sealed partial class SkytaleAgent
{
    /// <summary>As <see cref="ConnectAsync(SkytaleAgentOptions, CancellationToken)"/>, with everything but the name by default.</summary>
    /// <param name="name">The agent's name in its account: 1 to 64 lower-case letters, digits, '-', '_' and '.'.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SkytaleException">The agent cannot be made, its store cannot be opened, the server is not there or refuses.</exception>
    public static Task<SkytaleAgent> ConnectAsync(string name, CancellationToken cancellationToken = default) => ConnectAsync(new SkytaleAgentOptions { Name = name }, cancellationToken);

    /// <summary>
    /// Connects an agent to its relay and resumes every channel. On first use its identity key and its encrypted store are made
    /// and it is entered into the account; a process that was killed in between goes on where it stopped.
    /// </summary>
    /// <param name="options">What is not by default; not to be changed before this returns.</param>
    /// <param name="cancellationToken">Gives up; what was made stays and is used the next time.</param>
    /// <exception cref="SkytaleException">The agent cannot be made, its store cannot be opened, the server is not there or refuses.</exception>
    public static async Task<SkytaleAgent> ConnectAsync(SkytaleAgentOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var setup = await Task.Run(() => AgentSetup.Read(options, Environment.GetEnvironmentVariable), cancellationToken).ConfigureAwait(false);
        AgentRuntime? runtime = null;
        try
        {
            await setup.MakeAgentAsync(cancellationToken).ConfigureAwait(false);
            runtime = await Task.Run(() => Open(setup), cancellationToken).ConfigureAwait(false);
            await runtime.StartAsync(cancellationToken).ConfigureAwait(false);
            return new SkytaleAgent(runtime, setup);
        }
        catch
        {
            if (runtime is not null)
                await runtime.DisposeAsync().ConfigureAwait(false);
            await setup.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes an agent's store with a fresh identity key, for an application that registers its agents by itself.</summary>
    /// <param name="storePath">The database file to make; its folder must exist.</param>
    /// <param name="storeKey">The store's key.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <returns>The agent's did:key, to be registered in an account.</returns>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.AlreadyExists"/>, or the store cannot be made.</exception>
    public static Task<AgentId> CreateStoreAsync(string storePath, StoreKey storeKey, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var store = File.Exists(storePath) ? storeKey.Open(storePath) : CreateStore(storePath, storeKey);
            using var existing = store.ReadIdentitySeed();
            if (existing is not null)
                throw new SkytaleException(SkytaleError.AlreadyExists, $"{storePath} holds an agent already.", "Choose another path.");
            using var identity = IdentityKey.Generate(RandomNumberGenerator.Fill);
            using var seed = identity.CopySeed();
            store.Write(transaction => transaction.PutIdentitySeed(seed));
            return identity.Id;
        },
        cancellationToken);

    /// <summary>The proof with which POST /accounts/{id}/agents takes the agent in: 64 bytes by its identity key.</summary>
    /// <param name="storePath">The agent's store.</param>
    /// <param name="storeKey">The store's key.</param>
    /// <param name="accountId">The account that the agent is to be entered into.</param>
    /// <param name="name">The name that it is to have there.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <exception cref="SkytaleException">The store cannot be read.</exception>
    public static Task<byte[]> SignRegistrationAsync(string storePath, StoreKey storeKey, string accountId, string name, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var store = storeKey.Open(storePath);
            using var identity = ReadIdentity(store, storePath);
            return identity.Sign(LabeledContent.AgentRegistration, AgentRegistrationContent.Encode(accountId, name, identity.Id).Span).ToArray();
        },
        cancellationToken);

    /// <summary>
    /// Encrypts an agent's store anew with another key; nobody may have it open. Killed at any point, the store opens with
    /// the old key or the new one: a key in a file or of a passphrase is found by itself, a caller's own is the caller's to try.
    /// </summary>
    /// <param name="options">As for connecting, with the key that the store has now; no server is asked.</param>
    /// <param name="newKey">The key that it is to have.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <exception cref="SkytaleException">The store is not there, is in use, or does not open.</exception>
    public static Task RekeyAsync(SkytaleAgentOptions options, StoreKey newKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(newKey);
        return Task.Run(
            () =>
            {
                var (path, oldKey) = AgentSetup.StoreOf(options, Environment.GetEnvironmentVariable);
                using var store = oldKey.Open(path);
                using var key = newKey.Prepare(path);
                store.Rekey(key.Span);
                newKey.Settle(path);
            },
            cancellationToken);
    }

    private static AgentRuntime Open(AgentSetup setup)
    {
        var store = setup.StoreKey.Open(setup.StorePath);
        try
        {
            var identity = ReadIdentity(store, setup.StorePath);
            var logger = (setup.Options.Logging ?? NullLoggerFactory.Instance).CreateLogger("Skytale.Agent");
            var parts = new AgentParts(store, identity, setup.Options.Time ?? TimeProvider.System, RandomNumberGenerator.Fill, logger) { KeyRotation = setup.Options.KeyRotation, Padding = setup.Options.Padding };
            return AgentRuntime.Open(parts, setup.Transport, cancellationToken => setup.DialAsync(identity, cancellationToken));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static SqlCipherAgentStore CreateStore(string path, StoreKey storeKey)
    {
        using var key = storeKey.Prepare(path);
        var store = SqlCipherAgentStore.Open(path, key.Span);
        storeKey.Settle(path);
        return store;
    }

    private static IdentityKey ReadIdentity(SqlCipherAgentStore store, string path)
    {
        using var seed = store.ReadIdentitySeed();
        return seed is null
            ? throw new SkytaleException(SkytaleError.StoreMissing, $"{path} holds no agent.", "Create one first.")
            : IdentityKey.FromSeed(seed.Span);
    }
}
