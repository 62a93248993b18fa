using System.Net;
using Microsoft.Extensions.Logging;
using Skytale.Protocol.Frames;

namespace Skytale.Agent;

/// <summary>Everything that an agent logs: no content, no key.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(30, LogLevel.Warning, "Channel {Channel}: a request to join is refused: {Reason}")]
    public static partial void JoinRequestRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(31, LogLevel.Information, "Channel {Channel}: an agent was admitted by invitation {Invitation}")]
    public static partial void Admitted(ILogger logger, string channel, string invitation);

    [LoggerMessage(32, LogLevel.Warning, "Channel {Channel}: others are not told of an invitation: {Reason}")]
    public static partial void AnnouncingRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(33, LogLevel.Warning, "Channel {Channel}: joining by an invitation: {Step}: {Detail}")]
    public static partial void JoiningWaits(ILogger logger, string channel, Sdk.JoinStep step, string detail);

    [LoggerMessage(34, LogLevel.Warning, "Channel {Channel}: whoever made the invitation is not a member of it")]
    public static partial void InviterAbsent(ILogger logger, string channel);

    [LoggerMessage(35, LogLevel.Warning, "Channel {Channel}: leaving is refused: {Reason}")]
    public static partial void LeavingRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(36, LogLevel.Warning, "Channel {Channel}: taking out who wants to leave failed: {Reason}")]
    public static partial void TakingOutFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(11, LogLevel.Information, "Connected to {Relay} at {Address} over {Transport}")]
    public static partial void Connected(ILogger logger, string relay, IPEndPoint address, string transport);

    [LoggerMessage(1, LogLevel.Information, "The connection to the relay ended: {Reason}")]
    public static partial void LinkLost(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Debug, "Repeating a request, attempt {Attempt} failed: {Reason}")]
    public static partial void Repeating(ILogger logger, int attempt, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Channel {Channel}: entry {Sequence} is passed over: {Reason}")]
    public static partial void Rejected(ILogger logger, string channel, ulong sequence, string reason);

    [LoggerMessage(4, LogLevel.Error, "Channel {Channel} cannot go on: {Reason}")]
    public static partial void Broken(ILogger logger, string channel, string reason);

    [LoggerMessage(5, LogLevel.Warning, "A Welcome to channel {Channel} is refused: {Reason}")]
    public static partial void WelcomeRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Key packages are not topped up: {Reason}")]
    public static partial void TopUpRefused(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "Channel {Channel}: its creation is refused: {Reason}")]
    public static partial void CreationRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(9, LogLevel.Warning, "Channel {Channel}: a commit that was interrupted is refused: {Reason}")]
    public static partial void CommitRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(10, LogLevel.Error, "A Welcome to channel {Channel} cannot be stored: {Reason}")]
    public static partial void WelcomeNotStored(ILogger logger, string channel, string reason);

    [LoggerMessage(8, LogLevel.Error, "Channel {Channel}: receiving stopped until the next connection: {Reason}")]
    public static partial void ReceivingFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Channel {Channel}: {Count} messages up to {Through} were no longer at the relay")]
    public static partial void Missed(ILogger logger, string channel, ulong count, ulong through);

    [LoggerMessage(13, LogLevel.Warning, "The relay asks to come again later: {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Channel {Channel}: the commit {Sequence} fails here: {Reason}")]
    public static partial void CommitFailed(ILogger logger, string channel, ulong sequence, string reason);

    [LoggerMessage(15, LogLevel.Error, "Channel {Channel}: the relay delivered the commit {Sequence} with another confirmation tag than its committer signed")]
    public static partial void CommitAltered(ILogger logger, string channel, ulong sequence);

    [LoggerMessage(16, LogLevel.Warning, "Channel {Channel}: a commit was voided, the channel is in epoch {Epoch} again")]
    public static partial void Voided(ILogger logger, string channel, ulong epoch);

    [LoggerMessage(17, LogLevel.Error, "Channel {Channel}: its members are in different groups in epoch {Epoch}")]
    public static partial void Forked(ILogger logger, string channel, ulong epoch);

    [LoggerMessage(18, LogLevel.Warning, "Channel {Channel}: this agent has to be added again: {Reason}")]
    public static partial void NeedsReAdding(ILogger logger, string channel, ReAddingReason reason);

    [LoggerMessage(19, LogLevel.Warning, "Channel {Channel}: asking to be added again is refused: {Reason}")]
    public static partial void AskingRefused(ILogger logger, string channel, string reason);

    [LoggerMessage(20, LogLevel.Warning, "Channel {Channel}: a member asks to be added again: {Reason}")]
    public static partial void ReAddingAsked(ILogger logger, string channel, ReAddingReason reason);

    [LoggerMessage(21, LogLevel.Warning, "Channel {Channel}: adding a member again failed: {Reason}")]
    public static partial void ReAddingFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(22, LogLevel.Debug, "Channel {Channel}: a report of epoch {Epoch} is refused: {Reason}")]
    public static partial void ReportRefused(ILogger logger, string channel, ulong epoch, string reason);

    [LoggerMessage(23, LogLevel.Warning, "Channel {Channel}: the store is older than what was sent, or many keys were lost; new keys before anything is sent")]
    public static partial void EpochSpent(ILogger logger, string channel);

    [LoggerMessage(24, LogLevel.Warning, "Channel {Channel}: the relay ended its delivery, it is asked for again: {Reason}")]
    public static partial void DeliveryReset(ILogger logger, string channel, string reason);

    [LoggerMessage(35, LogLevel.Information, "Channel {Channel}: this agent has new keys, by its policy")]
    public static partial void KeysRotated(ILogger logger, string channel);

    [LoggerMessage(36, LogLevel.Warning, "Channel {Channel}: new keys are due and are tried for again: {Reason}")]
    public static partial void RotationFailed(ILogger logger, string channel, string reason);

    [LoggerMessage(25, LogLevel.Debug, "Channel {Channel}: entry {Sequence} is a notice of type {Type}, which this version does not know")]
    public static partial void UnknownNotice(ILogger logger, string channel, ulong sequence, ushort type);
}
