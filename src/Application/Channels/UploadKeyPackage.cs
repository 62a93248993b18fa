using MediatR;
using Skytale.Accounts;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Puts a KeyPackage of the caller into its pool; answers how many are there.</summary>
public sealed record UploadKeyPackage(Caller Caller, ReadOnlyMemory<byte> KeyPackage) : IRequest<Result<int>>;

public sealed class UploadKeyPackageHandler(KeyPackagePools pools, TimeProvider time) : IRequestHandler<UploadKeyPackage, Result<int>>
{
    public Task<Result<int>> Handle(UploadKeyPackage request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Caller.Judge(Verb.Receive) is { } outOfScope ? outOfScope : pools.Store(request.Caller.AgentId, request.KeyPackage, time.GetUtcNow()));
}
