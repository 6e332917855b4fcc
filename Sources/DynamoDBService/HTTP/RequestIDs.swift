internal import NIOCore

/// Makes the names of requests in AWS's form: 52 characters of base 32.
struct RequestIDs {
    private static let alphabet: StaticString = "0123456789ABCDEFGHIJKLMNOPQRSTUV"

    /// Names must differ, not be secret: a generator without system calls will do.
    private var state: UInt64

    init() {
        state = UInt64.random(in: .min ... .max)
    }

    /// Writes a new name.
    mutating func write(to buffer: inout ByteBuffer) {
        var random: UInt64 = 0
        for position in 0..<52 {
            if position % 12 == 0 { random = next() }
            buffer.writeInteger(RequestIDs.alphabet.utf8Start[Int(random & 31)])
            random >>= 5
        }
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
