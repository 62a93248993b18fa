using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>
/// What was measured on amd64 holds on arm64: both are LP64, and their C ABIs (System V AMD64 § 3.1.2; AAPCS64 § 5) give
/// integers and pointers the same sizes, align each to its size, and lay fields out in order.
/// </summary>
public sealed class PortableLayoutTests
{
    /// <summary>The constants' values in Linux' headers: asm-generic on both, where an architecture may have its own.</summary>
    private static readonly Dictionary<string, (int Amd64, int Arm64)> s_constants = new()
    {
        ["SolUdp"] = (17, 17),
        ["UdpSegment"] = (103, 103),
        ["UdpGro"] = (104, 104),
        ["MsgDontWait"] = (0x40, 0x40),
        ["EventFdNonBlocking"] = (0x800, 0x800),       // O_NONBLOCK, of asm-generic/fcntl.h
        ["EventFdCloseOnExec"] = (0x80000, 0x80000),   // O_CLOEXEC, the same
        ["PrSetTimerSlack"] = (29, 29),
        ["IpProtoIp"] = (0, 0),
        ["IpPktInfo"] = (8, 8),
        ["IpMtuDiscover"] = (10, 10),
        ["IpProtoIpv6"] = (41, 41),
        ["Ipv6PktInfo"] = (50, 50),
        ["Ipv6MtuDiscover"] = (23, 23),
        ["PmtuDiscoverProbe"] = (3, 3),
        ["EIntr"] = (4, 4),
        ["EIo"] = (5, 5),
        ["EInval"] = (22, 22),
    };

    public static TheoryData<string> Structs { get; } = [.. NativeStructs().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_is_laid_out_as_both_abis_do(string name)
    {
        var type = NativeStructs().Single(type => type.Name == name);
        var (size, _, offsets) = Lp64(type);

        SizeOf(type).ShouldBe(size);
        foreach (var (field, offset) in offsets)
            OffsetOf(type, field).ShouldBe(offset, field);
    }

    [Fact]
    public void What_the_adapter_asserts_at_its_start_is_what_both_abis_give()
    {
        var byName = NativeStructs().ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        var compared = 0;
        foreach (var (what, expected, _) in NativeLayout.Measured())
        {
            var isSize = what.StartsWith("sizeof ", StringComparison.Ordinal);
            var parts = what.Replace("sizeof ", "", StringComparison.Ordinal).Split('.');
            var (size, _, offsets) = Lp64(byName[parts[0].EndsWith("_t", StringComparison.Ordinal) ? parts[0][..^2].Replace("_", "", StringComparison.Ordinal) : parts[0].Replace("_", "", StringComparison.Ordinal)]);
            if (isSize)
                size.ShouldBe(expected, what);
            else
                offsets.Values.ShouldContain(expected, what);
            compared++;
        }
        compared.ShouldBeGreaterThan(35);
    }

    [Fact]
    public void Every_constant_of_the_c_library_is_known_on_both()
    {
        var constants = typeof(LibcNative).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral && field.FieldType == typeof(int))
            .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

        constants.Keys.ShouldBe(s_constants.Keys, ignoreOrder: true);
        foreach (var (name, value) in constants)
            s_constants[name].ShouldBe((value, value), name);
    }

    [Fact]
    public void An_architecture_with_other_sizes_would_be_noticed()
    {
        // The control: a field of another width moves those behind it.
        var (size, _, offsets) = Lp64(typeof(Odd));
        (size, offsets["B"], offsets["C"]).ShouldBe((24, 8, 16));
    }

    private static IEnumerable<Type> NativeStructs() =>
        typeof(Ngtcp2Transport).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsEnum: false, IsNested: false } && type.Namespace == "Skytale.Quic.Ngtcp2.Native");

    /// <summary>Size, alignment and offsets by the ABIs' rules, from the fields in their order.</summary>
    private static (int Size, int Alignment, Dictionary<string, int> Offsets) Lp64(Type type)
    {
        var offsets = new Dictionary<string, int>();
        var (at, largest) = (0, 1);
        foreach (var field in Fields(type))
        {
            var (size, alignment) = Lp64(field);
            at = Align(at, alignment);
            offsets[field.Name] = at;
            at += size;
            largest = Math.Max(largest, alignment);
        }
        return (Align(at, largest), largest, offsets);
    }

    private static (int Size, int Alignment) Lp64(FieldInfo field)
    {
        if (field.GetCustomAttribute<FixedBufferAttribute>() is { } array)
        {
            var element = Scalar(array.ElementType);
            return (element * array.Length, element);
        }
        if (field.FieldType is { IsValueType: true, IsPrimitive: false, IsPointer: false } nested)
        {
            var (size, alignment, _) = Lp64(nested);
            return (size, alignment);
        }
        var scalar = Scalar(field.FieldType);
        return (scalar, scalar);
    }

    private static int Scalar(Type type) => type switch
    {
        { IsPointer: true } => 8,
        _ when type == typeof(byte) => 1,
        _ when type == typeof(short) || type == typeof(ushort) => 2,
        _ when type == typeof(int) || type == typeof(uint) => 4,
        _ when type == typeof(long) || type == typeof(ulong) || type == typeof(nint) || type == typeof(nuint) => 8,
        _ => throw new NotSupportedException($"{type} has no place in a C struct."),
    };

    private static int Align(int at, int alignment) => (at + alignment - 1) / alignment * alignment;

    private static FieldInfo[] Fields(Type type) =>
        [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken)];

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int OffsetOf(Type type, string field) => (int)Marshal.OffsetOf(type, field);

    private struct Odd
    {
#pragma warning disable CS0649 // Only its shape counts.
        public byte A;
        public long B;
        public short C;
#pragma warning restore CS0649
    }
}
