namespace Skytale.Mls.Proposals;

/// <summary>§17.4. Values outside the table are kept as they came (GREASE, private use).</summary>
public enum ProposalType : ushort
{
    Add = 1,
    Update = 2,
    Remove = 3,
    PreSharedKey = 4,
    ReInit = 5,
    ExternalInit = 6,
    GroupContextExtensions = 7,

    /// <summary>draft-ietf-mls-extensions: the sender asks to be removed by the next commit.</summary>
    SelfRemove = 10,
}
