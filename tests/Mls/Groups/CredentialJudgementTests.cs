using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>§5.3.1: the application is asked for every credential that is new to the group, and its no is a refusal.</summary>
public sealed class CredentialJudgementTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly List<string> _asked = [];

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void An_added_member_is_judged_by_the_committer_by_those_who_follow_and_from_its_key_package()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        var day = new KeyPackageOptions { Capabilities = dave.Capabilities, Lifetime = new Lifetime(0, 86_400) };
        using var bundle = KeyPackageBundle.Create(TestGroup.Suite, dave.Signer, dave.Credential, day, TestRandom.Fill);
        ValidatedKeyPackage.Validate(bundle.KeyPackage, DateTimeOffset.UnixEpoch, accept: Accept);
        ShouldHaveAsked("KeyPackage dave");
        var request = new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)], Accept = Accept };
        Alice.Refuses(MlsError.CredentialRefused, state => state.Commit(request with { Accept = _ => false }, TestRandom.Fill));
        using var pending = Alice.Group.Commit(request, TestRandom.Fill);
        ShouldHaveAsked("Add dave 3");
        Bob.Refuses(MlsError.CredentialRefused, state => state.Process(pending.Commit, new ProcessOptions { Accept = _ => false }));
        using var staged = Bob.Group.Process(pending.Commit, new ProcessOptions { Accept = Accept });
        ShouldHaveAsked("Add dave 3");
        _group.Observer.Stage(_group.Observer.Verify(pending.Commit.PublicMessage!), accept: Accept);
        ShouldHaveAsked("Add dave 3");

        Should.Throw<MlsException>(() => MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions { Accept = _ => false })).Error.ShouldBe(MlsError.CredentialRefused);
        using var joined = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions { Accept = Accept });
        ShouldHaveAsked("Joining alice 0", "Joining bob 1", "Joining carol 2", "Joining dave 3");
    }

    [Fact]
    public void A_path_or_an_update_is_judged_when_it_changes_who_somebody_is()
    {
        using (var plain = Alice.Group.Commit(new CommitRequest { Accept = Accept }, TestRandom.Fill))
            ShouldHaveAsked();
        using var renamed = Alice.Group.Commit(new CommitRequest { Leaf = Named("alicia"), Accept = Accept }, TestRandom.Fill);
        ShouldHaveAsked("Commit alicia 0 was alice");

        var update = _group.ProposeUpdate(Bob, Named("robert"));
        using var pending = Alice.Group.Commit(new CommitRequest { References = [update], Accept = Accept }, TestRandom.Fill);
        ShouldHaveAsked("Update robert 1 was bob");
        _group[2].Refuses(MlsError.CredentialRefused, state => state.Process(pending.Commit, new ProcessOptions { Accept = question => question.Previous is null }));
    }

    [Fact]
    public void New_external_senders_are_judged_once()
    {
        using var service = new Member(TestGroup.Suite, "service");
        var senders = Senders(service);
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [senders], Accept = Accept }, TestRandom.Fill);
        ShouldHaveAsked("ExternalSender service");
        _group.Deliver(Alice, pending);
        using var again = Alice.Group.Commit(new CommitRequest { Proposals = [senders], Accept = Accept }, TestRandom.Fill);
        ShouldHaveAsked();
        PublicGroup.FromGroupInfo(Alice.Group.ExportGroupInfo(GroupInfoOptions.Default), accept: Accept);
        ShouldHaveAsked("Joining alice 0", "Joining bob 1", "Joining carol 2", "ExternalSender service");
    }

    [Fact]
    public void Who_joins_by_itself_is_judged_as_the_successor_of_the_leaf_it_replaces()
    {
        var groupInfo = Alice.Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true });
        using var dave = new Member(TestGroup.Suite, "dave");
        var options = new ExternalJoinOptions { Credential = dave.Credential, Capabilities = dave.Capabilities, Accept = Accept };
        using var join = MlsGroup.JoinExternally(groupInfo, dave.Signer, options, TestRandom.Fill);
        ShouldHaveAsked("Joining alice 0", "Joining bob 1", "Joining carol 2");
        using var staged = Bob.Group.Process(join.Commit, new ProcessOptions { Accept = Accept });
        ShouldHaveAsked("Commit dave 3");

        using var resync = MlsGroup.JoinExternally(groupInfo, dave.Signer, options with { Replaces = _group[2].Group.OwnLeaf, Accept = null }, TestRandom.Fill);
        Bob.Refuses(MlsError.CredentialRefused, state => state.Process(resync.Commit, new ProcessOptions { Accept = question => question.Previous == question.Credential }));
        using var accepted = Bob.Group.Process(resync.Commit, new ProcessOptions { Accept = Accept });
        ShouldHaveAsked("Commit dave 2 was carol");
    }

    public void Dispose() => _group.Dispose();

    private static LeafChange Named(string name) => new() { Credential = new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(name))) };

    private static GroupContextExtensionsProposal Senders(Member member) => new(new ExtensionList(new Extension(
        ExtensionType.ExternalSenders, Tls.Encode(new ExternalSenders([new ExternalSender(member.Signer.PublicKey, member.Credential)])))));

    private bool Accept(CredentialQuestion question)
    {
        var previous = question.Previous is { } before ? $" was {Name(before)}" : "";
        _asked.Add($"{question.Event} {Name(question.Credential)}{(question.Leaf is { } leaf ? $" {leaf}" : "")}{previous}");
        return true;
    }

    private void ShouldHaveAsked(params string[] questions)
    {
        _asked.ShouldBe(questions);
        _asked.Clear();
    }

    private static string Name(Credential credential) => Encoding.UTF8.GetString(((BasicCredential)credential).Identity.Span);
}
