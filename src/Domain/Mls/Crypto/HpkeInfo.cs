namespace Skytale.Mls.Crypto;

/// <summary>RFC 9180 §5.1: an info as the key schedule takes it in: key_schedule_context, with the info's hash. Public, as the info is.</summary>
internal sealed class HpkeInfo(byte[] keyScheduleContext)
{
    public ReadOnlySpan<byte> KeyScheduleContext => keyScheduleContext;
}
