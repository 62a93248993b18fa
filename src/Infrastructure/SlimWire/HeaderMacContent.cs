using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Skytale.SlimWire.Messages;

namespace Skytale.SlimWire;

/// <summary>
/// What a header's MAC covers. Integers are little-endian; a text is its length in four bytes, then UTF-8.
/// <code>
/// "SLIM-DP-HDR-v1" 0x00
/// text    link_id
/// name    source, destination
/// text    identity
/// u32     fanout
/// opt u64 recv_from, forward_to
/// opt u8  error
/// u32     ttl
///
/// name =  0, where there is none, or
///         1, then opt (u64 component_0, component_1, component_2, opt (u64 id_0, id_1)),
///            then opt (text str_component_0, str_component_1, str_component_2)
/// opt X = 0, or 1 and X
/// </code>
/// Not covered: incoming_conn, version, e2e_header_sig, the session header, the content and the metadata.
/// </summary>
internal static class HeaderMacContent
{
    private static ReadOnlySpan<byte> Label => "SLIM-DP-HDR-v1\0"u8;

    public static void Write(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> linkId, SlimHeader header)
    {
        to.Write(Label);
        WriteNumber(to, (uint)linkId.Length);
        to.Write(linkId);
        WriteName(to, header.Source);
        WriteName(to, header.Destination);
        WriteText(to, header.Identity);
        WriteNumber(to, header.Fanout);
        WriteOptional(to, header.HasRecvFrom, header.RecvFrom);
        WriteOptional(to, header.HasForwardTo, header.ForwardTo);
        if (WritePresence(to, header.HasError))
            WritePresence(to, header.Error);
        WriteNumber(to, header.Ttl);
    }

    private static void WriteName(ArrayBufferWriter<byte> to, Name? name)
    {
        WritePresence(to, name is not null);
        if (name is null)
            return;
        WritePresence(to, name.Name_ is not null);
        if (name.Name_ is { } encoded)
        {
            WriteNumber(to, encoded.Component0);
            WriteNumber(to, encoded.Component1);
            WriteNumber(to, encoded.Component2);
            WritePresence(to, encoded.NameId is not null);
            if (encoded.NameId is { } id)
            {
                WriteNumber(to, id.Id0);
                WriteNumber(to, id.Id1);
            }
        }
        WritePresence(to, name.StrName is not null);
        if (name.StrName is { } text)
        {
            WriteText(to, text.StrComponent0);
            WriteText(to, text.StrComponent1);
            WriteText(to, text.StrComponent2);
        }
    }

    private static void WriteOptional(ArrayBufferWriter<byte> to, bool isThere, ulong value)
    {
        if (WritePresence(to, isThere))
            WriteNumber(to, value);
    }

    private static bool WritePresence(ArrayBufferWriter<byte> to, bool isThere)
    {
        to.GetSpan(1)[0] = isThere ? (byte)1 : (byte)0;
        to.Advance(1);
        return isThere;
    }

    private static void WriteText(ArrayBufferWriter<byte> to, string text)
    {
        WriteNumber(to, (uint)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, to);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> to, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(sizeof(uint)), value);
        to.Advance(sizeof(uint));
    }

    private static void WriteNumber(ArrayBufferWriter<byte> to, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to.GetSpan(sizeof(ulong)), value);
        to.Advance(sizeof(ulong));
    }
}
