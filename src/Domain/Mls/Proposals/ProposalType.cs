namespace Skytale.Mls.Proposals;

/// <summary>§17.4.</summary>
public enum ProposalType : ushort
{
    Add = 1,
    Update = 2,
    Remove = 3,
    PreSharedKey = 4,
    ReInit = 5,
    ExternalInit = 6,
    GroupContextExtensions = 7,

    /// <summary>draft-ietf-mls-extensions: a member asks the others to remove it.</summary>
    SelfRemove = 10,
}
